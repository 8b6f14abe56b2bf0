// Answers questions about workflow files with GitHub's own packages: one question a line on stdin, one answer a line on
// stdout, both JSON. The first argument is the folder whose node_modules holds the packages.
//
//   {"ask": "remember", "contexts": {...}}            what later questions mean if they bring no contexts
//   {"ask": "expression", "text": "1 == '1'"}         -> {"value": "Boolean true"} or {"error": "..."}
//   {"ask": "workflow", "text": "...", "contexts"?}   -> {"errors": [...]} or {"events": ..., "jobs": ...}
//   {"ask": "diagnose", "text": "..."}                -> {"diagnostics": [...]}
//
// The packages read and evaluate; they run nothing. What is added here, and so proves nothing, is the status functions,
// which order environments are evaluated in, and how a value is written down.
import { register } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import path from "node:path";

register("./resolve.mjs", import.meta.url, {
  data: pathToFileURL(path.join(path.resolve(process.argv[2]), "packages.mjs")).href,
});

const { Lexer, Parser, Evaluator, data } = await import("@actions/expressions");
const { replacer } = await import("@actions/expressions/data/replacer");
const { reviver } = await import("@actions/expressions/data/reviver");
const { falsy } = await import("@actions/expressions/result");
const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await import("@actions/workflow-parser");
const { validate } = await import("@actions/languageservice");
const { TextDocument } = await import("vscode-languageserver-textdocument");

const EVERYTHING = 255;
let remembered = {};

function statusFunctions(status) {
  const answers = {
    success: status === "success",
    failure: status === "failure",
    cancelled: status === "cancelled",
    always: true,
  };
  return Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: EVERYTHING,
    call: () => new data.BooleanData(answer),
  }));
}

// Put right: the packages take only the first doubled quote of a text for one, GitHub's runner takes each
// (actions/runner, LexicalAnalyzer.cs, ReadStringToken).
function tokens(text) {
  return new Lexer(text)
    .lex()
    .tokens.map((token) =>
      token.lexeme.startsWith("'") ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") } : token,
    );
}

function evaluate(text, contexts, status) {
  const functions = statusFunctions(status);
  const tree = new Parser(tokens(text), Object.keys(contexts), functions).parse();
  if (tree === undefined) throw new Error("An expression was expected");
  const values = JSON.parse(JSON.stringify(contexts), reviver);
  return new Evaluator(tree, values, new Map(functions.map((each) => [each.name, each]))).evaluate();
}

// Kind and value in one string: JSON has no NaN, and no other way to tell an object from its text.
function written(value) {
  if (value === undefined) throw new Error("The packages have no value for this");
  const kind = data.Kind[value.kind];
  return `${kind} ${value.primitive ? value.coerceString() : JSON.stringify(value, replacer)}`;
}

// An error of the packages is an answer; one of this script ends it.
function attempt(question) {
  try {
    return question();
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof SyntaxError) throw error;
    return { error: error.message };
  }
}

const expression = (text, contexts, status) => attempt(() => ({ value: written(evaluate(text, contexts, status)) }));

// What a key of the file comes to: text as it stands, or the value of its expressions.
function came(token, contexts, status) {
  if (token === undefined) return undefined;
  if (token.expression !== undefined) return expression(token.expression, contexts, status);
  if (token.value !== undefined) return { value: `Literal ${token.toString()}` };
  if (typeof token.count !== "number") return { value: "Literal " };
  const items = Array.from({ length: token.count }, (_, index) => token.get(index));
  if (items.length && items[0].key === undefined) return items.map((item) => came(item, contexts, status));
  return Object.fromEntries(items.map((item) => [item.key.toString(), came(item.value, contexts, status)]));
}

const under = (mapping, key) => {
  for (const item of mapping ?? []) if (item.key.toString() === key) return item.value;
  return undefined;
};

// The strings of an environment, as the next expression finds them.
const strings = (answers) =>
  Object.fromEntries(Object.entries(answers ?? {}).map(([name, answer]) => [name, (answer.value ?? "").replace(/^\w+ /, "")]));

const holds = (text, contexts, status) => attempt(() => ({ value: !falsy(evaluate(text, contexts, status)) }));

function step(read, token, outer, contexts, status) {
  const env = came(under(token, "env"), { ...contexts, env: outer }, status);
  const inner = { ...contexts, env: { ...outer, ...strings(env) } };
  const answer = { if: holds(read.if.expression, inner, status), env };
  for (const key of ["name", "run", "uses", "with", "shell", "working-directory", "timeout-minutes", "continue-on-error"])
    answer[key] = came(under(token, key), inner, status);
  return answer;
}

function job(read, token, outer, contexts, sofar) {
  // A job that needs none cannot have failed before it starts.
  const needs = (read.needs ?? []).map(String);
  const status = sofar === "failure" && !needs.length ? "success" : sofar;
  contexts = { ...contexts, needs: Object.fromEntries(needs.map((need) => [need, { result: sofar, outputs: {} }])) };
  const env = came(under(token, "env"), contexts, status);
  const inner = { ...outer, ...strings(env) };
  const answer = { if: holds(read.if.expression, contexts, status), needs, env };
  for (const key of ["name", "runs-on", "concurrency", "timeout-minutes", "permissions", "strategy", "container", "services"])
    answer[key] = came(under(token, key), contexts, status);
  const steps = under(token, "steps");
  answer.steps = (read.steps ?? []).map((each, index) => step(each, steps.get(index), inner, contexts, sofar));
  return answer;
}

async function workflow({ text, contexts = remembered, status = "success" }) {
  const { context, value } = parseWorkflow({ name: "workflow.yml", content: text }, new NoOperationTraceWriter());
  const converted = value && (await convertWorkflowTemplate(context, value));
  const errors = context.errors.getErrors().map((error) => error.message);
  if (errors.length || !value) return { errors };
  const env = came(under(value, "env"), contexts, status);
  const jobs = under(value, "jobs");
  return {
    events: converted.events,
    name: came(under(value, "name"), contexts, status),
    env,
    concurrency: came(under(value, "concurrency"), contexts, status),
    permissions: came(under(value, "permissions"), contexts, status),
    jobs: Object.fromEntries(
      converted.jobs.map((read) => {
        const name = read.id.toString();
        return [name, job(read, under(jobs, name), strings(env), contexts, status)];
      }),
    ),
  };
}

// Each text under a name of its own: the service remembers by name what it has read.
let diagnosed = 0;

async function diagnose({ text }) {
  diagnosed += 1;
  const document = TextDocument.create(`file:///.github/workflows/${diagnosed}.yml`, "yaml", 1, text);
  const found = await validate(document);
  return { diagnostics: found.map((each) => `${each.range.start.line + 1}: ${each.message}`) };
}

const ANSWERS = {
  remember: ({ contexts }) => {
    remembered = contexts;
    return {};
  },
  expression: ({ text, contexts = remembered, status = "success" }) => expression(text, contexts, status),
  workflow,
  diagnose,
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await ANSWERS[question.ask](question))}\n`);
}
