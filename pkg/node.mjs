import loader from './node.cjs';

export const { EngineTrapError, load, startEngine, unpackResults } = loader;
