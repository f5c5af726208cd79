// Tests start git, servers and databases, which takes a while on a busy machine.
jest.setTimeout(60_000);
