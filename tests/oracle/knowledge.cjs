// Who knows what, file by file and slowly, from the formulas as they are written in
// docs/bus-factor.md. Histories are lines: no commit has two parents.
'use strict';

const WINDOW = 547;
const DECAY = 90;

/** Living files, each with all that was ever done to it under any name. */
function livingFiles(commits) {
  const files = new Map();
  for (const commit of commits) {
    for (const { kind, path, to } of commit.changes) {
      const event = { kind, commit };
      if (kind === 'A') {
        files.set(path, [event]);
      } else if (kind === 'D') {
        files.delete(path);
      } else if (kind === 'R') {
        files.set(to, [...files.get(path), { ...event, from: path }]);
        files.delete(path);
      } else {
        files.get(path).push(event);
      }
    }
  }
  return files;
}

const isCode = path => path.endsWith('.rs');
const isVendored = path => path.startsWith('vendor/');

/** The authors of a file by degree of authorship. */
function authorsOf(events) {
  const added = new Set();
  const deliveries = new Map();
  for (const { kind, commit } of events) {
    const own = deliveries.get(commit.author) ?? 0;
    if (kind === 'A') {
      added.add(commit.author);
    }
    deliveries.set(commit.author, kind === 'A' ? own : own + 1);
  }
  const all = [...deliveries.values()].reduce((sum, own) => sum + own, 0);
  const degree = person => {
    const own = deliveries.get(person);
    const first = added.has(person) ? 1.098 : 0;
    return 3.293 + first + 0.164 * own - 0.321 * Math.log(1 + all - own);
  };
  const people = [...deliveries.keys()];
  const most = Math.max(...people.map(degree));
  return people.filter(
    person =>
      degree(person) / most > 0.75 &&
      (degree(person) >= 3.293 || added.has(person)),
  );
}

/** The major contributors of a file in the window; undefined where nobody was one. */
function majorsOf(events, last) {
  const own = new Map();
  const commits = new Map();
  const reviews = new Map();
  const add = (sums, person, weight) =>
    sums.set(person, (sums.get(person) ?? 0) + weight);
  for (const { kind, commit } of events) {
    if (last - commit.day > WINDOW) {
      continue;
    }
    const { author, coAuthors, reviewers } = commit;
    const weight = Math.exp(-(last - commit.day) / DECAY);
    if (kind === 'A') {
      own.set(author, Math.max(own.get(author) ?? 0, weight));
    }
    if (kind !== 'R') {
      for (const person of new Set([author, ...coAuthors])) {
        add(commits, person, weight);
      }
    }
    for (const person of reviewers.filter(one => one !== author)) {
      add(reviews, person, weight);
    }
  }
  const people = [...new Set([...commits.keys(), ...reviews.keys()])];
  if (people.length === 0) {
    return undefined;
  }
  const sum = of => [...of.values()].reduce((all, one) => all + one, 0);
  /** How much of the whole would go with somebody. */
  const share = (of, person) =>
    Math.log(1 + sum(of)) - Math.log(1 + sum(of) - (of.get(person) ?? 0));
  const knowledge = person =>
    3 * (own.get(person) ?? 0) +
    (commits.get(person) ?? 0) +
    0.5 * (reviews.get(person) ?? 0) +
    2.4 * share(commits, person) +
    1.2 * share(reviews, person);
  const most = Math.max(...people.map(knowledge));
  return people.filter(
    person => knowledge(person) >= 0.001 && knowledge(person) / most > 0.75,
  );
}

/** How often everybody changed some files: authors always, co-authors in the window. */
function changesOf(files, last) {
  const changes = new Map();
  for (const { commit } of files.flatMap(([, events]) => events)) {
    const inWindow = last - commit.day <= WINDOW;
    const people = inWindow ? commit.coAuthors : [];
    for (const person of new Set([commit.author, ...people])) {
      changes.set(person, (changes.get(person) ?? 0) + 1);
    }
  }
  return changes;
}

/** Who holds how many files, in the order in which they would be missed. */
function ranked(holders, changes, keyOf) {
  const held = new Map();
  for (const person of holders.flat()) {
    held.set(person, (held.get(person) ?? 0) + 1);
  }
  const changed = person => changes.get(person) ?? 0;
  return [...held].sort(
    ([one, files], [next, others]) =>
      others - files ||
      changed(next) - changed(one) ||
      (keyOf(one) < keyOf(next) ? -1 : 1),
  );
}

/** How many can go before more than half of the files have no holder left. */
function greedy(holders, order, left) {
  const gone = new Set(order.map(([person]) => person).filter(left));
  let removed = 0;
  for (const [person] of order.filter(([one]) => !left(one))) {
    const orphaned = holders.filter(all => all.every(one => gone.has(one)));
    if (holders.length < 2 * orphaned.length) {
      break;
    }
    gone.add(person);
    removed += 1;
  }
  return removed;
}

/** The readings of a whole history; `left` says who has left. */
function readings(commits, { left, keyOf, isUnknown }) {
  const last = commits.at(-1).day;
  const files = [...livingFiles(commits)];
  const counted = files.filter(([path]) => isCode(path));
  const authors = counted.map(([, events]) => authorsOf(events));
  const majors = files
    .map(file => [file, majorsOf(file[1], last)])
    .filter(([, found]) => found);
  const reading = (holders, of) => {
    const order = ranked(holders, changesOf(of, last), keyOf);
    return {
      value: holders.length > 0 ? greedy(holders, order, left) : undefined,
      people: order,
      files: holders.length,
    };
  };
  const isOrphaned = all => all.length > 0 && all.every(left);
  return {
    authorship: reading(authors, counted),
    recent: reading(
      majors.map(([, found]) => found),
      majors.map(([file]) => file),
    ),
    absence: absence(commits, last, left),
    counted: counted.length,
    orphaned: authors.filter(isOrphaned).length,
    heldByUnknown: authors.filter(all =>
      all.every(person => left(person) || isUnknown(person)),
    ).length,
    singleHolders: singleHolders(files, last, left),
  };
}

/** The fewest of those who are there who made half of what they made in a year. */
function absence(commits, last, left) {
  const made = new Map();
  for (const commit of commits) {
    if (commit.changes.length > 0 && last - commit.day <= 365) {
      for (const person of new Set([commit.author, ...commit.coAuthors])) {
        made.set(person, (made.get(person) ?? 0) + 1);
      }
    }
  }
  if (made.size === 0) {
    return undefined;
  }
  const there = [...made].filter(([person]) => !left(person));
  const parts = there.map(([, count]) => count).sort((one, next) => next - one);
  const all = parts.reduce((sum, part) => sum + part, 0);
  let sum = 0;
  let people = 0;
  while (2 * sum < all) {
    sum += parts[people++];
  }
  return people;
}

/** Files of each outermost directory that one person holds alone. */
function singleHolders(files, last, left) {
  const holders = ([path, events]) =>
    isVendored(path)
      ? []
      : [
          ...new Set([...authorsOf(events), ...(majorsOf(events, last) ?? [])]),
        ].filter(person => !left(person));
  const find = directory => {
    const below = files.filter(([path]) => path.startsWith(directory));
    const held = below.map(holders).filter(all => all.length > 0);
    const people = new Set(held.flat());
    if (people.size === 1) {
      return [held.length];
    }
    const inner = new Set(
      below
        .map(([path]) => path.slice(directory.length))
        .filter(rest => rest.includes('/'))
        .map(rest => rest.slice(0, rest.indexOf('/') + 1)),
    );
    return [...inner].flatMap(name => find(directory + name));
  };
  return find('');
}

module.exports = { readings, livingFiles, majorsOf, authorsOf };
