// @octokit/rest does what it is told, a line of JSON for each act, and answers each with a line.
import { createInterface } from "node:readline";
import { Octokit } from "@octokit/rest";
import { throttling } from "@octokit/plugin-throttling";

const { baseUrl, token, owner, repo } = JSON.parse(process.env.PLACE);
const where = { owner, repo };
const waits = [];
// Once is enough: who has waited as long as it was told may go on.
const waiting = (kind) => (seconds, _options, _octokit, retries) => {
  waits.push({ kind, seconds });
  return retries < 1;
};
const plain = new Octokit({ baseUrl, auth: token });
const patient = new (Octokit.plugin(throttling))({
  baseUrl,
  auth: token,
  log: { debug() {}, info() {}, warn() {}, error() {} },
  throttle: { onRateLimit: waiting("primary"), onSecondaryRateLimit: waiting("secondary") },
});
// Only what was asked for is sent back, not the answer around it.
const done = async (request) => (await request, null);
const all = (route, more) => plain.paginate(route, { ...where, per_page: 100, ...more });

const acts = {
  open: async ({ title, body, label }) =>
    (await plain.rest.issues.create({ ...where, title, body, labels: [label] })).data.number,
  label: ({ issue_number, name }) => done(plain.rest.issues.addLabels({ ...where, issue_number, labels: [name] })),
  unlabel: ({ issue_number, name }) => done(plain.rest.issues.removeLabel({ ...where, issue_number, name })),
  comment: ({ issue_number, body }) => done(plain.rest.issues.createComment({ ...where, issue_number, body })),
  amend: async ({ issue_number, body }) => {
    const { data } = await plain.rest.issues.listComments({ ...where, issue_number });
    await plain.rest.issues.updateComment({ ...where, comment_id: data.at(-1).id, body });
  },
  limits: async () => (await plain.rest.rateLimit.get()).data.resources.core,
  update: (change) => done(plain.rest.issues.update({ ...where, ...change })),
  look: async ({ issue_number }) => {
    const { data } = await plain.rest.issues.get({ ...where, issue_number });
    const comments = await all(plain.rest.issues.listComments, { issue_number });
    return {
      title: data.title,
      body: data.body ?? "",
      state: data.state,
      author: data.user.login,
      labels: data.labels.map((label) => label.name),
      comments: comments.map((comment) => [comment.user.login, comment.body]),
    };
  },
  numbers: async ({ state }) => (await all(plain.rest.issues.listForRepo, { state })).map((issue) => issue.number),
  patiently: async ({ issue_number, name }) => {
    await patient.rest.issues.addLabels({ ...where, issue_number, labels: [name] });
    return waits.splice(0);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await acts[act](given)) ?? null };
  } catch (error) {
    answer = { error: `${error.status ?? ""} ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
