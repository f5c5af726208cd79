import type { MentorshipRoutes } from 'backstage-plugin-mentorship-common';
import type { Request, RequestHandler, Response } from 'express';
import type { RouteParameters } from 'express-serve-static-core';

/** A path of the description as Express writes it. */
type ExpressPath<Path extends string> =
  Path extends `${infer Before}{${infer Name}}${infer After}`
    ? `${Before}:${Name}${ExpressPath<After>}`
    : Path;

/** What the routes of a method answer, by their paths. */
type Answers<Method extends string> = {
  [Route in keyof MentorshipRoutes as Route extends `${Method} ${infer Path}`
    ? ExpressPath<Path>
    : never]: MentorshipRoutes[Route]['answer'];
};

type Add<Routes> = <Path extends string & keyof Routes>(
  path: Path,
  ...handlers: [
    ...before: RequestHandler[],
    handler: (
      request: Request<RouteParameters<Path>>,
      response: Response<Routes[Path]>,
    ) => Promise<void>,
  ]
) => void;

/** A router for the routes that the API's description has, and for what they answer. */
export interface DescribedRouter {
  get: Add<Answers<'GET'>>;
  post: Add<Answers<'POST'>>;
  put: Add<Answers<'PUT'>>;
}
