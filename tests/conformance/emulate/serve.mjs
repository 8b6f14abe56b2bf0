// Serves emulate's GitHub with one private repository, until nobody listens any more.
import { createEmulator } from 'emulate'

const { port, owner, name, people } = JSON.parse(process.env.PLACE)
const tokens = Object.fromEntries(people.map((login) => [login, { login, scopes: ['repo', 'user'] }]))
const users = people.map((login) => ({ login }))
const seed = { tokens, github: { users, repos: [{ owner, name, private: true }] } }
const github = await createEmulator({ service: 'github', port, seed })
process.stdout.write(`${JSON.stringify({ url: github.url })}\n`)
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
