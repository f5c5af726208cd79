import { InputError, NotFoundError } from '@backstage/errors';
import type { WhatIfQuestion } from 'backstage-plugin-mentorship-common';
import type { AssessmentReader } from '../../database/AssessmentReader';
import type { Visibility } from '../../database/selection';
import type { Engine } from '../../engine/Engine';
import type { StandingEngine } from '../../engine/StandingEngine';
import type { KnowledgeRequest } from '../requests';

/** Answers what no run can compute beforehand. */
export class DefaultQuestionService {
  constructor(
    private readonly options: {
      reader: Pick<AssessmentReader, 'refs'>;
      standing: Pick<StandingEngine, 'ask'>;
    },
  ) {}

  /**
   * What services lose when people leave, as JSON of `WhatIf`. Only services that
   * are visible take part.
   *
   * @throws InputError where the core does not answer the question.
   */
  async whatIf(
    question: Omit<WhatIfQuestion, 'asOf' | 'among'>,
    visibility: Visibility,
  ): Promise<string> {
    const among = await this.among(visibility);
    return this.ask(async (engine, asOf) =>
      engine.whatIf({ ...question, asOf, ...among }),
    );
  }

  /** What {@link DefaultQuestionService.whatIf} says, as CSV. */
  async whatIfCsv(
    question: Omit<WhatIfQuestion, 'asOf' | 'among'>,
    visibility: Visibility,
  ): Promise<string> {
    const among = await this.among(visibility);
    return this.ask(async (engine, asOf) =>
      engine.whatIfCsv({ ...question, asOf, ...among }),
    );
  }

  /**
   * Who knows which directory of a service, as JSON of `Knowledge`.
   *
   * @throws NotFoundError where there is no such service, InputError where the
   * path leads out of it.
   */
  async knowledge(
    entityRef: string,
    { path, depth }: KnowledgeRequest,
    audience: 'named' | 'counted',
  ): Promise<string> {
    return this.ask(async engine => {
      const answer = await engine.knowledge(
        entityRef,
        path,
        depth,
        audience === 'named',
      );
      if (!answer) {
        throw new NotFoundError(`There is no service ${entityRef}`);
      }
      return answer;
    });
  }

  /** The services that take part; all where nothing is said. */
  private async among(visibility: Visibility): Promise<{ among?: string[] }> {
    return isRestricted(visibility)
      ? { among: await this.options.reader.refs(visibility) }
      : {};
  }

  private async ask(
    question: (engine: Engine, asOf: string) => Promise<Uint8Array>,
  ): Promise<string> {
    try {
      return new TextDecoder().decode(
        await this.options.standing.ask(question),
      );
    } catch (error) {
      // What the core refuses is a plain error, whose message is for readers.
      throw (error as Error).name === 'Error'
        ? new InputError((error as Error).message)
        : error;
    }
  }
}

function isRestricted({ entityRefs, criteria }: Visibility): boolean {
  return entityRefs !== undefined || criteria !== undefined;
}
