// Talks to an echo server with npm's ws: node websocket-client.mjs PORT true|false (whether to compress)
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { once } from 'node:events'

const { WebSocket } = createRequire(process.cwd() + '/')('ws')
const [port, compress] = process.argv.slice(2)
const url = `ws://127.0.0.1:${port}/`
const perMessageDeflate = compress === 'true' ? { threshold: 0 } : false

const open = async (options = {}) => {
  const socket = new WebSocket(url, ['echo'], { perMessageDeflate, ...options })
  await once(socket, 'open')
  return socket
}

const echoed = async (socket, sent, binary) => {
  socket.send(sent, { binary })
  const [data, isBinary] = await once(socket, 'message')
  assert.equal(isBinary, binary)
  assert.ok(Buffer.from(sent).equals(data), `${sent.length} came back otherwise`)
}

const socket = await open()
assert.equal(socket.protocol, 'echo')
assert.equal(socket.extensions.includes('permessage-deflate'), compress === 'true')
for (const length of [0, 1, 125, 126, 127, 65535, 65536, 1_000_000]) {
  await echoed(socket, 'ü'.repeat(length / 2), false)
  await echoed(socket, Buffer.alloc(length, 'abcdefg'), true)
}

// Fragments with a Ping between them.
socket.send('in ', { fin: false })
socket.ping('data')
const [pong] = await once(socket, 'pong')
assert.equal(pong.toString(), 'data')
socket.send('parts', { fin: true })
const [whole] = await once(socket, 'message')
assert.equal(whole.toString(), 'in parts')

// Many in flight.
let count = 0
const all = new Promise(resolve => socket.on('message', () => ++count === 5000 && resolve()))
for (let i = 0; i < 5000; i++) socket.send(`message ${i}`)
await all

socket.close(4000, 'done')
const [code] = await once(socket, 'close')
assert.equal(code, 4000)

// What breaks the protocol.
const bad = await open()
bad.send(Buffer.from([0x61, 0xff]), { binary: false, compress: false })
const [badCode] = await once(bad, 'close')
assert.equal(badCode, 1007)

const large = await open()
large.send(Buffer.alloc(9 << 20))
const [largeCode] = await once(large, 'close')
assert.equal(largeCode, 1009)

// Another origin.
const stranger = new WebSocket(url, { origin: 'http://evil.example' })
const [error] = await once(stranger, 'error')
assert.match(error.message, /403/)
