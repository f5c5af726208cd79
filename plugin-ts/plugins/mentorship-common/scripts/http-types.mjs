/**
 * Writes src/http.ts, the types of what the backend is asked and answers, out of its
 * OpenAPI description. `cargo xtask codegen` runs it; with --check it writes nothing and
 * fails where what is committed differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import ts from 'typescript';
import { parse } from 'yaml';

const description = file('../../mentorship-backend/src/schema/openapi.yaml');
const types = file('../src/http.ts');
const { paths, components } = parse(readFileSync(description, 'utf8'));

const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    ...operation,
    route: `${method.toUpperCase()} ${path}`,
  })),
);

/** Schemas of what is sent, which the client only reads. */
const bodies = new Set(
  operations.flatMap(each => bodyOf(each)?.$ref?.split('/').at(-1) ?? []),
);

/** Schemas that are those of the core, whose types are in wire.ts. */
const wire = Object.keys(components.schemas).filter(
  name => components.schemas[name].$ref,
);

const generated = await prettier.format(
  `/**
 * What the backend is asked and answers. Generated from its OpenAPI description by
 * \`cargo xtask codegen\`; do not edit.
 */
import type { ${wire.sort().join(', ')} } from './wire';

${(await declarations()).map(astToString).join('\n')}`,
  { ...(await prettier.resolveConfig(types)), parser: 'typescript' },
);
if (!process.argv.includes('--check')) {
  writeFileSync(types, generated);
} else if (readFileSync(types, 'utf8') !== generated) {
  throw new Error(
    `${types} differs from ${description}: run \`cargo xtask codegen\``,
  );
}

function file(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** One exported type a schema, in the order of names. */
async function declarations() {
  const schemas = {
    ...components.schemas,
    ...Object.fromEntries(wire.map(name => [name, {}])),
    ...Object.fromEntries(operations.flatMap(question)),
    MentorshipRoutes: routes(),
  };
  const nodes = await openapiTS(
    {
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: {},
      components: { schemas },
    },
    { defaultNonNullable: false, silent: true },
  );
  // What has no description is of the core, or is the error of every Backstage API.
  return nodes
    .find(node => node.name?.text === 'components')
    .members.find(member => member.name.text === 'schemas')
    .type.members.filter(({ name }) => schemas[name.text].description)
    .sort((a, b) => (a.name.text < b.name.text ? -1 : 1))
    .map(({ name, type }) =>
      documented(
        declaration(
          name.text,
          ts.visitNode(type, readable(bodies.has(name.text))),
        ),
        [...linesOf(schemas[name.text].description), '', '@public'],
      ),
    );
}

/** The parameters of an operation as one schema, where the description names it. */
function question({ parameters, 'x-question': named }) {
  if (!named) {
    return [];
  }
  const fields = parameters.map(each =>
    each.$ref ? components.parameters[each.$ref.split('/').at(-1)] : each,
  );
  return [
    [
      named.name,
      {
        description: named.description,
        type: 'object',
        required: fields.filter(each => each.required).map(each => each.name),
        properties: Object.fromEntries(
          fields.map(each => [
            each.name,
            { ...each.schema, description: each.description },
          ]),
        ),
      },
    ],
  ];
}

/** What each route takes and answers. */
function routes() {
  const described = operations.map(operation => {
    const [status] = Object.keys(operation.responses);
    const { content } = operation.responses[status];
    const body = bodyOf(operation);
    const [{ schema: answer }] = Object.values(content);
    return [
      operation.route,
      object(operation.description, { ...(body && { body }), answer }),
    ];
  });
  return object(
    'The body that each route takes and what it answers.',
    Object.fromEntries(described),
  );
}

function bodyOf({ requestBody }) {
  return requestBody?.content['application/json'].schema;
}

function object(said, properties) {
  return {
    description: said,
    type: 'object',
    required: Object.keys(properties),
    properties,
  };
}

/** Calls schemas by their names alone, and says of them what the description says. */
function readable(isReadonly) {
  return function visit(node) {
    if (
      ts.isIndexedAccessTypeNode(node) &&
      ts.isIndexedAccessTypeNode(node.objectType)
    ) {
      return ts.factory.createTypeReferenceNode(node.indexType.literal.text);
    }
    const written = ts.visitEachChild(node, visit);
    if (isReadonly && ts.isArrayTypeNode(written)) {
      return ts.factory.createTypeOperatorNode(
        ts.SyntaxKind.ReadonlyKeyword,
        written,
      );
    }
    const [comment] = ts.getSyntheticLeadingComments(node) ?? [];
    const [, said] = /@description (.*?) *$/m.exec(comment?.text) ?? [];
    ts.setSyntheticLeadingComments(written, undefined);
    return said ? documented(written, linesOf(said)) : written;
  };
}

function declaration(name, type) {
  const { factory } = ts;
  const modifiers = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  return ts.isTypeLiteralNode(type)
    ? factory.createInterfaceDeclaration(modifiers, name, [], [], type.members)
    : factory.createTypeAliasDeclaration(modifiers, name, [], type);
}

function documented(node, lines) {
  return ts.addSyntheticLeadingComment(
    node,
    ts.SyntaxKind.MultiLineCommentTrivia,
    lines.length > 1 ? `*\n * ${lines.join('\n * ')}\n ` : `* ${lines[0]} `,
    true,
  );
}

/** Lines that fit the page. */
function linesOf(text) {
  return text.match(/\S.{0,75}(?=\s|$)/g);
}
