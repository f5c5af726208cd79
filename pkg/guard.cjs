'use strict';

/**
 * Stands between callers and the generated bindings, so that a trap in the
 * WebAssembly core loses one engine and never the process.
 *
 * A trap (a panic, running out of memory, a stack overflow) leaves the module's
 * memory and stack in no known state. The guard therefore replaces the instance
 * at once; everything that lived in the old one is lost and says so when used.
 * It knows no method by name: whatever the binding exports is guarded alike.
 */

/** The core trapped, or the engine called was lost by an earlier trap. */
class EngineTrapError extends Error {
  /**
   * @param {string} operation what was called, such as `Engine.results`
   * @param {string} what what happened to it
   * @param {unknown} [cause] what the WebAssembly engine threw
   */
  constructor(operation, what, cause) {
    super(
      `${operation} ${what}; make a new engine and give it its evidence again`,
      { cause },
    );
    this.name = 'EngineTrapError';
    this.operation = operation;
    this.what = what;
  }
}

/**
 * Guards what the binding generator exported.
 *
 * @param {Record<string, any>} bindings functions and classes
 * @param {() => void} reset replaces the WebAssembly instance by a fresh one
 * @returns {Record<string, any>} the same exports without the generator's own
 */
function guard(bindings, reset) {
  let generation = 0;
  const guarded = {};
  const classes = new Map();

  function call(operation, run) {
    try {
      return run();
    } catch (error) {
      if (!isTrap(error)) throw error;
      generation += 1;
      reset();
      throw new EngineTrapError(operation, 'trapped', error);
    }
  }

  /** Gives a class of the bindings back as one whose every member is guarded. */
  function guardClass(className, Inner) {
    class Guarded {
      #inner;
      #generation = generation;

      constructor(...args) {
        this.#inner =
          args[0] instanceof Adopted
            ? args[0].inner
            : call(className, () => new Inner(...args.map(unwrapped)));
      }

      static unwrap(value, operation) {
        if (value.#generation !== generation) {
          throw new EngineTrapError(
            operation,
            'was called on an engine that an earlier trap had lost',
          );
        }
        return value.#inner;
      }

      static isCurrent(value) {
        return value.#generation === generation;
      }
    }
    const { unwrap, isCurrent } = Guarded;
    delete Guarded.unwrap;
    delete Guarded.isCurrent;
    Object.defineProperty(Guarded, 'name', { value: className });

    const operate = (self, name, run) => {
      const operation = `${className}.${name}`;
      const inner = unwrap(self, operation);
      return call(operation, () => wrapped(run(inner)));
    };
    for (const [key, member] of members(Inner.prototype)) {
      const name = typeof key === 'symbol' ? key.description : key;
      Object.defineProperty(Guarded.prototype, key, {
        ...member,
        ...(member.get && {
          get() {
            return operate(this, name, inner => inner[key]);
          },
        }),
        ...(member.set && {
          set(value) {
            operate(this, name, inner => {
              inner[key] = unwrapped(value);
            });
          },
        }),
        ...(typeof member.value === 'function' && {
          value(...args) {
            // What a lost engine held went with its instance.
            if (isRelease(key) && !isCurrent(this)) return undefined;
            return operate(this, name, inner =>
              inner[key](...args.map(unwrapped)),
            );
          },
        }),
      });
    }
    for (const [key, member] of members(Inner)) {
      if (typeof member.value !== 'function') continue;
      Object.defineProperty(Guarded, key, {
        ...member,
        value: guardFunction(`${className}.${String(key)}`, (...args) =>
          Inner[key](...args),
        ),
      });
    }
    classes.set(Inner, { Guarded, unwrap });
    return Guarded;
  }

  function guardFunction(operation, inner) {
    return (...args) =>
      call(operation, () => wrapped(inner(...args.map(unwrapped))));
  }

  /** An object of the bindings, as callers see it. */
  function wrapped(value) {
    const known = classes.get(value?.constructor);
    return known ? new known.Guarded(new Adopted(value)) : value;
  }

  /** An object of a caller, as the bindings know it. */
  function unwrapped(value) {
    for (const { Guarded, unwrap } of classes.values()) {
      if (value instanceof Guarded) return unwrap(value, Guarded.name);
    }
    return value;
  }

  for (const [name, value] of Object.entries(bindings)) {
    if (isGenerators(name)) continue;
    if (typeof value !== 'function') guarded[name] = value;
    else if (isClass(value)) guarded[name] = guardClass(name, value);
    else guarded[name] = guardFunction(name, value);
  }
  return Object.freeze(guarded);
}

/** An object that the bindings made; it is not to be made once more. */
class Adopted {
  constructor(inner) {
    this.inner = inner;
  }
}

/**
 * Whether the instance can no longer be trusted. Expected failures are thrown by
 * the binding as other errors, or not at all. Told by name, for the error may be
 * of another realm, as under Jest.
 *
 * A stack overflow is a RangeError in V8 and JavaScriptCore, an InternalError in
 * SpiderMonkey; every other trap is a RuntimeError.
 */
function isTrap(error) {
  return ['RuntimeError', 'RangeError', 'InternalError'].includes(error?.name);
}

/** The generator's own exports, such as its reset and its initialisers. */
function isGenerators(name) {
  return name.startsWith('__') || name === 'default' || name === 'initSync';
}

function isClass(value) {
  return (
    value.prototype !== undefined &&
    /^class\b/.test(Function.prototype.toString.call(value))
  );
}

function isRelease(key) {
  return key === 'free' || key === Symbol.dispose;
}

/** The members that a class declares itself, without the generator's own. */
function members(owner) {
  const inherited = ['constructor', 'prototype', 'length', 'name'];
  return Reflect.ownKeys(owner)
    .filter(key => !inherited.includes(key) && !String(key).startsWith('__'))
    .map(key => [key, Object.getOwnPropertyDescriptor(owner, key)]);
}

module.exports = { EngineTrapError, guard };
