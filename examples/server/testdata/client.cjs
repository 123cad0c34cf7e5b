// A client of the TypeScript SDK: node client.cjs <folder of node_modules> <workspace> stdio <command …> | http <url>
// It prints what it got as JSON.
const require_ = require('module').createRequire(process.argv[2] + '/')
const sdk = '@modelcontextprotocol/sdk/client/'
const { Client } = require_(sdk + 'index.js')
const [, , , workspace, over, ...to] = process.argv

async function main() {
  const transport = over === 'stdio'
    ? new (require_(sdk + 'stdio.js').StdioClientTransport)({ command: to[0], args: to.slice(1), env: process.env })
    : new (require_(sdk + 'streamableHttp.js').StreamableHTTPClientTransport)(new URL(to[0]))
  const client = new Client({ name: 'other', version: '1' })
  await client.connect(transport)
  const { tools } = await client.listTools()
  const found = await client.callTool({ name: 'find', arguments: { workspace, kind: 'campaign' } })
  const bad = await client.callTool({ name: 'find', arguments: { workspace, kind: 'invoice' } })
  const unknown = await client.callTool({ name: 'undo_unit', arguments: { workspace } }).then((r) => r.isError === true, () => true)
  console.log(JSON.stringify({
    server: client.getServerVersion().name,
    tools: tools.length,
    found: found.structuredContent.summary,
    name: found.structuredContent.untrusted_data.items[0].name,
    refused: bad.isError,
    field: bad.structuredContent.untrusted_data.errors[0].field,
    unknown,
  }))
  await client.close()
}

main().catch((e) => { console.error(e); process.exit(1) })
