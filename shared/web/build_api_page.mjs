// Writes the operations of the API as HTML, from docs/openapi.json: node shared/web/build_api_page.mjs FROM TO
// What it writes is read by no script and loads nothing.
import { readFile, writeFile } from 'node:fs/promises'
import { createMarkdownFromOpenApi } from '@scalar/openapi-to-markdown'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

const [from, to] = process.argv.slice(2)

// The words of the library, as our pages say them.
const DUTCH = {
  'Contents': 'Inhoud', 'Operations': 'Opdrachten', 'Schemas': 'Berichten en hun velden', 'Authentication': 'Wie je bent',
  'Header parameters': 'Headers', 'Query parameters': 'In de vraag (query)', 'Path parameters': 'In het adres',
  'Request body': 'Wat je stuurt', 'Responses': 'Wat je terugkrijgt', 'Required:': 'Verplicht:', 'Content type:': 'Soort:',
  'Method:': 'Methode:', 'Path:': 'Adres:', 'Example:': 'Voorbeeld:', 'Generated example:': 'Voorbeeld:', 'Type:': 'Soort:',
  'Headers:': 'Headers:', 'Items:': 'Elk daarvan:', 'Default:': 'Als je niets stuurt:', 'Allowed values:': 'Dit mag er staan:',
  'Properties': 'Velden', 'Properties:': 'Velden:', 'Examples:': 'Voorbeelden:', 'Security schemes': 'Sleutels', 'true': 'ja',
  'Enum:': 'Dit mag er staan:', 'Any of:': 'Eén van:', 'Authentication schemes': 'Sleutels', 'Security': 'Sleutels',
}
const LINES = [
  [/\(required\)/g, '(verplicht)'], [/possible values:/g, 'dit mag er staan:'], [/Successful Response/g, 'Gelukt'],
  [/, default: /g, ', anders: '], [/, maxLength: /g, ', hooguit zoveel tekens: '], [/, minLength: /g, ', minstens zoveel tekens: '],
  [/, maxItems: /g, ', hooguit: '], [/, minItems: /g, ', minstens: '], [/, minimum: /g, ', minstens: '], [/, maximum: /g, ', hooguit: '],
]

// Every operation can come back with these: the page says it once.
const ANYWHERE = new Set(['405', '408', '413', '415', '503'])

// As a school's system comes to them.
const ORDER = ['/tokens', '/requests', '/referrals', '/follow-ups']
const place = ([path]) => ORDER.findIndex((start) => path.startsWith(start))

// Titles that pydantic makes of a name say nothing more than the name.
const spelled = (name) => name.replaceAll(/([A-Z])/g, ' $1').toLowerCase().trim()

function described(schema) {
  delete schema.description
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (field.description === undefined && field.title !== undefined && field.title.toLowerCase() !== spelled(name)) {
      field.description = field.title
    }
  }
}

function shortened(document) {
  document.paths = Object.fromEntries(Object.entries(document.paths).sort((one, other) => place(one) - place(other)))
  for (const schema of Object.values(document.components.schemas)) described(schema)
  delete document.servers
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) {
      delete operation.operationId
      delete operation.tags
      if (operation.description?.startsWith(`${operation.summary}.`)) {
        operation.description = operation.description.slice(operation.summary.length + 1).trim()
      }
      for (const [status, response] of Object.entries(operation.responses)) {
        if (ANYWHERE.has(status)) delete operation.responses[status]
        delete response.headers?.['API-Version']
        if (Object.keys(response.headers ?? {}).length === 0) delete response.headers
        if (status >= '400') delete response.content
      }
    }
  }
  return document
}

function walk(node, change) {
  change(node)
  for (const child of node.children ?? []) walk(child, change)
}

const words = (node) => node.value ?? (node.children ?? []).map(words).join('')

const inDutch = () => (tree) => {
  const first = tree.children.findIndex((node) => node.type === 'heading' && node.depth === 2)
  tree.children = tree.children.slice(first).filter((node) => !/^Servers:/.test(words(node)))
  walk(tree, (node) => {
    if (node.type !== 'text') return
    const word = node.value.trim()
    node.value = DUTCH[word] === undefined ? node.value : node.value.replace(word, DUTCH[word])
    for (const [english, dutch] of LINES) node.value = node.value.replace(english, dutch)
  })
}

const styled = () => (tree) =>
  walk(tree, (node) => {
    if (node.tagName === 'a') node.properties.className = ['utrecht-link', 'utrecht-link--html-a']
    const level = /^h([2-6])$/.exec(node.tagName ?? '')
    if (level) node.properties.className = [`utrecht-heading-${Math.min(Number(level[1]), 3)}`, 'schakel-heading']
  })

const document = shortened(JSON.parse(await readFile(from, 'utf-8')))
const page = await unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(inDutch)
  .use(remarkRehype, { allowDangerousHtml: true }) // only anchors stand in it, which the library writes itself
  .use(styled)
  .use(rehypeStringify, { allowDangerousHtml: true })
  .process(await createMarkdownFromOpenApi(document))
await writeFile(to, String(page).replaceAll('scalar-', ''))
