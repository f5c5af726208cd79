import addFormats from 'ajv-formats';
import Ajv, { type Options } from 'ajv/dist/2020';
import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import type { Response } from 'supertest';
import { pathToFileURL } from 'url';
import { parse } from 'yaml';

const FILES = ['openapi.yaml', 'evidence.openapi.yaml'].map(name =>
  join(__dirname, '../schema', name),
);
/** The schemas of what the core says, to which the descriptions refer. */
const CORE = join(__dirname, '../../../../../docs/schemas');
/** Sizes of numbers, of which `minimum` and `maximum` tell. */
const SIZES = ['uint8', 'uint16', 'uint32', 'int32', 'double'];

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: object;
}

interface Answer {
  content?: Record<string, { schema: object }>;
}

/** What may stand somewhere else in the same document. */
type Referred<T> = T | { $ref: string };

interface Operation {
  parameters?: Array<Referred<Parameter>>;
  requestBody?: Answer;
  responses: Record<string, Referred<Answer>>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
}

interface Route {
  /** The method and the path: `GET /rules/{id}`. */
  name: string;
  address: RegExp;
  /** The schema of what stands behind the question mark. */
  question: ReturnType<typeof questionOf>;
  /** The schema of the JSON that is sent. */
  body?: object;
  answers: Record<string, Answer>;
}

/** What the descriptions say; it takes long to read, and is the same for all tests. */
interface Described {
  routes: Route[];
  /** Of what is answered. */
  answers: Ajv;
  /** Of what is asked, where numbers are texts. */
  questions: Ajv;
}

/** Holds what the backend answers to the descriptions of its API. */
export class ApiDescription {
  private static read: Described | undefined;
  /** Routes that were asked something. */
  readonly asked = new Set<string>();
  /** Routes that gave what they are there for. */
  readonly succeeded = new Set<string>();
  private readonly described = (ApiDescription.read ??= readDescriptions());

  /** Every route: `GET /rules/{id}`. */
  get routes(): string[] {
    return this.described.routes.map(({ name }) => name).sort();
  }

  /**
   * @throws Error where an answer, whatever its status, is not what the description
   * says, or a question was answered that it does not have.
   */
  readonly hold = (response: Response): void => {
    const { method, url } = response.request;
    const { pathname, searchParams } = new URL(url);
    const asked = `${method} ${pathname.replace('/api/mentorship', '')}`;
    const route = this.described.routes.find(({ address }) =>
      address.test(asked),
    );
    if (!route) {
      throw new Error(`There is no ${asked} in the description`);
    }
    this.asked.add(route.name);
    this.holdAnswer(route, response);
    if (response.ok) {
      this.holdQuestion(route.name, searchParams);
      this.succeeded.add(route.name);
    }
  };

  /** The names of what may stand behind the question mark. */
  parameters(name: string): string[] {
    return Object.keys(this.route(name).question.properties);
  }

  /** @throws Error where the description does not have that a route is asked this. */
  holdQuestion(name: string, asked: URLSearchParams): void {
    const { question } = this.route(name);
    const valid = this.described.questions.compile(question);
    const given = [...asked.keys()].map(key => [key, asked.getAll(key)]);
    if (!valid(Object.fromEntries(given))) {
      const errors = this.described.questions.errorsText(valid.errors);
      throw new Error(`${name} cannot be asked ?${asked}: ${errors}`);
    }
  }

  /** Whether something is sent to a route. */
  hasBody(name: string): boolean {
    return this.route(name).body !== undefined;
  }

  /** Whether the description has that a route is sent this. */
  takesBody(name: string, sent: unknown): boolean {
    return this.described.answers.validate(this.route(name).body!, sent);
  }

  private route(name: string): Route {
    return this.described.routes.find(each => each.name === name)!;
  }

  private holdAnswer({ name, answers }: Route, response: Response): void {
    const { status, type, body, text } = response;
    const says = `${name} answers ${status} ${type}`;
    const answer = answers[status];
    const content = answer?.content?.[type];
    if (!answer || (!content && (answer.content || text))) {
      throw new Error(`${says}, of which the description does not tell`);
    }
    if (content && type === 'application/json') {
      const valid = this.described.answers.compile(content.schema);
      if (!valid(body)) {
        const errors = this.described.answers.errorsText(valid.errors);
        throw new Error(`${says} otherwise than described: ${errors}`);
      }
    }
  }
}

function readDescriptions(): Described {
  const documents = FILES.map(file =>
    closed(located(file, parse(readFileSync(file, 'utf8')))),
  );
  const schemas = readdirSync(CORE).map(name => {
    const file = join(CORE, name);
    return located(file, JSON.parse(readFileSync(file, 'utf8')));
  });
  const all = [...documents, ...schemas];
  return {
    routes: documents.flatMap(routesOf),
    answers: validator(all, {}),
    questions: validator(all, { coerceTypes: 'array' }),
  };
}

/** The routes of a description, with what they refer to. */
function routesOf(document: Document): Route[] {
  const found = <T extends object>(referred: Referred<T>): T =>
    '$ref' in referred
      ? referred.$ref
          .split('#/')[1]
          .split('/')
          .reduce((at: any, step) => at[step], document)
      : referred;
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      return {
        name,
        address: new RegExp(`^${name.replace(/\{\w+\}/g, '[^/]+')}$`),
        question: questionOf((operation.parameters ?? []).map(found)),
        body: operation.requestBody?.content?.['application/json'].schema,
        answers: Object.fromEntries(
          Object.entries(operation.responses).map(([status, answer]) => [
            status,
            found(answer),
          ]),
        ),
      };
    }),
  );
}

/**
 * What a file says, under the file's address. It can be taken apart, for what it
 * refers to has its whole address.
 */
function located<T>(file: string, contents: T): T & { $id: string } {
  const $id = pathToFileURL(file).href;
  const whole = JSON.parse(JSON.stringify(contents), (key, value) =>
    key === '$ref' ? new URL(value, $id).href : value,
  );
  return { ...whole, $id };
}

/**
 * A description that is all that there is: clients may meet fields that it does not
 * have, but the backend sends none.
 */
function closed<T>(description: T): T {
  return JSON.parse(JSON.stringify(description), (_, value) =>
    value?.type === 'object' && value.properties
      ? { additionalProperties: false, ...value }
      : value,
  );
}

function questionOf(parameters: Parameter[]) {
  const fields = parameters.filter(each => each.in === 'query');
  return {
    type: 'object',
    additionalProperties: false,
    required: fields.filter(each => each.required).map(each => each.name),
    properties: Object.fromEntries(
      fields.map(each => [each.name, each.schema]),
    ),
  };
}

function validator(schemas: object[], options: Options): Ajv {
  return addFormats(
    new Ajv({
      ...options,
      schemas,
      strict: false,
      formats: Object.fromEntries(SIZES.map(size => [size, true])),
    }),
  );
}
