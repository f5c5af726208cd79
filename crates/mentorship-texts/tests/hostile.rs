//! Every reader meets documents that something has happened to: cut, doubled,
//! spliced, turned inside out. None panics, and each fact keeps to the text.
//!
//! The changes come from a generator with a fixed seed, so that a failure stays.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../mentorship-core/tests/corpus/mod.rs"]
mod corpus;

use mentorship_texts::documents::text;
use mentorship_texts::plan::template;
use mentorship_texts::{Note, documents, plan};

/// Changed texts made of each document.
const VARIANTS: u64 = 4;

/// What people and machines write that readers stumble over.
const FRAGMENTS: [&str; 32] = [
    "---\n",
    "```",
    "~~~\n",
    "<!--",
    "-->",
    "| a | b |\n|---|",
    "[x] ",
    "- [ ] ",
    "[](",
    "]: ",
    "](<",
    "**",
    "`",
    "\u{0}",
    "\u{202e}",
    "\u{feff}",
    "\r",
    "\t",
    "@",
    "user:",
    "Day 999999999",
    "April 31st",
    "0000-00-00",
    "99999-99-99",
    "> > > > ",
    "# ",
    "Mentor: ",
    "Status: ",
    "&&*!",
    "{{",
    "é",
    "🦀",
];

#[test]
fn documents_of_our_own() {
    let own = [
        template::render(&template::blank()),
        "---\nsteward: \"@ann\"\napprentices:\n  - user: \"@ben\"\n    started: 2026-01-05\n---\n# Plan\n## 30-60-90\n- [x] Day 30: map — @ben, 2026-02-01, #7\n## Log\n- 2026-02-01 — win\n".to_owned(),
        "| Mentor | Apprentice | Since |\n|---|---|---|\n| @ann, @cy | Ben Doe | 5 May 2026 |\n".to_owned(),
        "# Restart\n_Last reviewed: 4 March 2026_\n1. Run `kubectl get pods`\n```bash\nls\n```\n## Rollback\n".to_owned(),
        "# 3. Use X\n\nDate: 2026-03-04\n\n## Status\n\nSuperseded by [9](0009-y.md)\n\n## Context\n".to_owned(),
        "# Maintainers\n- Ann Lee <ann@example.org> (@ann)\n- name: Ben\n  github: ben\n## Emeritus\n- Dee Fox\n".to_owned(),
    ];
    for (seed, text) in (1..).zip(own) {
        read_variants(text.as_bytes(), seed, VARIANTS * 20);
    }
}

#[test]
fn documents_of_the_corpus() {
    let Some(root) = corpus::folder() else { return };
    let mut seed = 0;
    for folder in ["adr", "maintainers", "runbooks", "mentoring", "onboarding"] {
        for path in corpus::files(&root.join(folder)) {
            seed += 1;
            let mut bytes = std::fs::read(&path).unwrap();
            // The shape of a document shows on its first page.
            bytes.truncate(4_000);
            read_variants(&bytes, seed, VARIANTS);
        }
    }
}

fn read_variants(bytes: &[u8], seed: u64, count: u64) {
    read_all(bytes);
    for variant in 0..count {
        let mut random = Random(seed * 1_000 + variant + 1);
        let mut changed = bytes.to_vec();
        for _ in 0..=random.below(6) {
            change(&mut changed, &mut random);
        }
        read_all(&changed);
    }
}

fn change(bytes: &mut Vec<u8>, random: &mut Random) {
    let from = random.below(bytes.len() + 1);
    let to = from + random.below((bytes.len() - from).min(200) + 1);
    match random.below(6) {
        0 => drop(bytes.drain(from..to)),
        1 => bytes.truncate(to),
        2 => {
            let again = bytes[from..to].repeat(1 + random.below(20));
            bytes.splice(from..from, again);
        }
        3 => bytes[from..to].reverse(),
        4 => bytes[from..to].fill(b"\n|-`#: "[random.below(7)]),
        _ => {
            let fragment = FRAGMENTS[random.below(FRAGMENTS.len())];
            let fragment = fragment.repeat(1 + random.below(40));
            bytes.splice(from..from, fragment.bytes());
        }
    }
}

/// Reads a text as every kind of document; whatever is located lies in it.
fn read_all(bytes: &[u8]) {
    let (decoded, _) = text::decode(bytes);
    let last = u32::try_from(text::lines(&decoded).0.len()).unwrap();
    let inside = |what: &str, line: u32| {
        assert!(
            (1..=last.max(1)).contains(&line),
            "{what} on line {line} of {last} in {:?}",
            String::from_utf8_lossy(bytes)
        );
    };
    let noted = |what: &str, notes: &[Note]| {
        for line in notes.iter().filter_map(|note| note.line) {
            inside(what, line);
        }
    };

    let plan = plan::parse(bytes);
    noted("a note of the plan", &plan.notes);
    let people = [&plan.value.steward, &plan.value.backup, &plan.value.mentors];
    for person in people.into_iter().flatten() {
        inside("a person", person.line);
        assert!(!person.value.key().is_empty());
    }
    for apprentice in &plan.value.apprentices {
        inside("an apprentice", apprentice.line);
        for own in plan.value.milestones_of(apprentice) {
            inside("a milestone", own.milestone.line);
        }
    }
    // What was understood once is understood again.
    let _ = plan::parse(template::render(&plan.value).as_bytes());

    for path in ["runbook.md", "runbook.rst", "runbook.adoc"] {
        let runbook = documents::runbook(path, bytes);
        noted("a note of the runbook", &runbook.notes);
        let lines = runbook.value.sections.iter().map(|section| section.line);
        let lines = lines.chain(runbook.value.rollback);
        for line in lines.chain(runbook.value.reviewed_on.map(|day| day.line)) {
            inside("the runbook", line);
        }
    }
    let record = documents::decision_record("docs/adr/2026-01-05-x.md", bytes);
    noted("a note of the record", &record.notes);
    for line in record.value.status.iter().map(|status| status.line) {
        inside("a status", line);
    }
    for recording in documents::walkthrough("walkthrough.md", bytes)
        .value
        .recordings
    {
        inside("a recording", recording.line);
        assert!(!recording.value.target.is_empty());
    }
    for maintainer in documents::maintainers("MAINTAINERS.md", bytes).value {
        inside("a maintainer", maintainer.line);
    }
}

/// Xorshift: the same numbers everywhere and for ever.
struct Random(u64);

impl Random {
    /// A number below a limit; 0 where the limit is 0.
    fn below(&mut self, limit: usize) -> usize {
        for _ in 0..3 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
        }
        let limit = u64::try_from(limit).unwrap();
        usize::try_from(self.0.checked_rem(limit).unwrap_or_default()).unwrap()
    }
}
