//! What holds for every score: ignorance never pays, mending never costs, and the
//! order in which evidence comes does not matter; what lifts a service is to be done first.
#![allow(clippy::unwrap_used)]

mod knowledge_stream;
mod properties;

use knowledge_stream::{Change, Commit, DAY, add, modify, stream};
use mentorship_core::civil_date::CivilDate;
use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Assessment, Audience, Outcome, RuleMention};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const AS_OF: &str = "2026-11-21";
const SERVICE: &str = "component:default/checkout";
/// Zoe is no user, and has left where the policy says so.
const PEOPLE: [&str; 5] = ["alice", "ben", "maria", "jordan", "zoe"];
const PATHS: [&str; 6] = [
    "src/a.rs",
    "src/b.rs",
    "src/pay/c.rs",
    "web/d.ts",
    "infra/dns.tf",
    "deploy/up.sh",
];
/// 2026-11-01.
const TODAY: i64 = 20_758 * DAY;

/// What there is to be known of one service.
#[derive(Debug, Clone)]
struct World {
    /// Which of [`annotations`] the entity carries.
    annotations: Vec<bool>,
    /// Which of [`files`] stand in the repository.
    files: Vec<bool>,
    commits: Vec<Work>,
    reviews_source: bool,
    /// Whether the code host tells of reviews of every critical path by everybody.
    reviewed: bool,
    zoe_left: bool,
    operations_source: bool,
    /// Who resolved each incident, and why it was passed on, if it was.
    incidents: Vec<(usize, usize)>,
    /// Who is on call.
    on_call: usize,
    /// How many days ago the plan of today came in the place of another one.
    introduced: i64,
}

/// A commit: author, path, how many of the users reviewed it, days before today.
type Work = (usize, usize, usize, i64);

fn annotations() -> [(&'static str, &'static str); 8] {
    [
        ("mentorship/steward", "user:default/alice"),
        ("mentorship/steward-since", "2026-04-01"),
        ("mentorship/backup", "user:default/ben"),
        ("mentorship/program-owner", "user:default/maria"),
        (
            "mentorship/maintainers",
            "user:default/jordan, user:default/maria",
        ),
        ("mentorship/apprentices", "user:default/jordan"),
        ("mentorship/critical-paths", "/deploy/"),
        ("mentorship/steward", "user:default/viktor"),
    ]
}

fn files() -> [(&'static str, &'static str); 11] {
    [
        (
            "MENTORSHIP.md",
            "# Mentorship\n## Escalation Tree\n- Steward: @alice\n- Backup: @ben\n## Apprentices\n- @jordan, mentor @alice, goal: deploys alone\n## 30-60-90 Milestones\n- Day 30: maps it\n",
        ),
        ("CODEOWNERS", "/infra/ @alice @jordan\n!/docs/ @ben\n"),
        ("CODEOWNERS", "* @alice @jordan\n"),
        ("docs/runbooks/restart.md", "# Restart\n"),
        ("docs/adr/0001-use-rust.md", "# Use Rust\n"),
        ("infra/OWNERS", "approvers: [alice]\n"),
        (
            "RUNBOOK.md",
            "---\nlast_reviewed: 2026-10-01\n---\n# Deploy\nRun `kubectl get pods`, see [it](https://graphs.example/d/1).\n## Rollback\n",
        ),
        (
            "docs/adr/0002-queue.md",
            "# Queue\nStatus: accepted\n## Context\n## Decision\n## Consequences\n",
        ),
        ("README.md", "# Checkout\n[Deploy](https://youtu.be/1)\n"),
        ("MAINTAINERS", "Ben Doe (@ben)\nMaria Roe (@maria)\n"),
        (
            "MENTORSHIP.md",
            "---\nsteward: alice\napprentices:\n- user: jordan\n  mentor: alice\n  autonomy: supervised\n---\n- [x] Day 30: maps it\n- [ ] Day 60: pairs\n## Log\n- 2026-10-20 pairing: @alice and @jordan\n",
        ),
    ]
}

fn world() -> impl Strategy<Value = World> {
    let work = (0..PEOPLE.len(), 0..PATHS.len(), 0..3_usize, 0..400_i64);
    (
        proptest::collection::vec(any::<bool>(), 8),
        proptest::collection::vec(any::<bool>(), 11),
        proptest::collection::vec(work, 0..14),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        proptest::collection::vec((0..PEOPLE.len(), 0..4_usize), 0..9),
        (0..PEOPLE.len(), 0..900_i64),
    )
        .prop_map(
            |(
                annotations,
                files,
                commits,
                reviews_source,
                zoe_left,
                operations_source,
                incidents,
                (on_call, introduced),
            )| World {
                annotations,
                files,
                commits,
                reviews_source,
                reviewed: false,
                zoe_left,
                operations_source,
                incidents,
                on_call,
                introduced,
            },
        )
}

/// What a source did not bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lost {
    Nothing,
    Repository,
    Reading,
    History,
    Versions,
    Listing,
    Operations,
    OnCalls,
}

impl World {
    fn files(&self) -> Vec<(&'static str, &'static str)> {
        let mut seen = BTreeSet::new();
        let chosen = files().into_iter().zip(&self.files);
        chosen
            .filter(|((path, _), is_there)| **is_there && seen.insert(*path))
            .map(|(file, _)| file)
            .collect()
    }

    fn commits(&self) -> Vec<Commit> {
        let mut work = self.commits.clone();
        work.sort_by_key(|(_, _, _, days)| std::cmp::Reverse(*days));
        let mut known = BTreeSet::new();
        let commits = (0..)
            .zip(work)
            .map(|(number, (author, path, reviewers, days))| {
                let change: Change = match known.insert(path) {
                    true => add(PATHS[path]),
                    false => modify(PATHS[path]),
                };
                let mut commit =
                    Commit::new(number, PEOPLE[author], &[change]).at(TODAY - days * DAY);
                commit.reviewers = PEOPLE[..reviewers]
                    .iter()
                    .map(|name| (*name).to_owned())
                    .collect();
                commit
            });
        commits.collect()
    }

    fn judged(&self, lost: Lost, backwards: bool) -> Assessment {
        let mut policy = json!({ "thresholds": { "singleHolderFiles": 2 } });
        let mut sources = vec!["git"];
        if self.reviews_source {
            sources.push("reviews");
        }
        if self.operations_source {
            sources.extend(["incidents", "on-calls"]);
        }
        policy["sources"] = json!(sources);
        if self.zoe_left {
            policy["people"] = json!({ "left": ["zoe@example.org"] });
        }
        let mut engine = Engine::new(&policy.to_string()).unwrap();
        engine
            .upsert_page(self.catalog(backwards).to_string().as_bytes())
            .unwrap();
        if lost != Lost::Repository {
            engine
                .put_repository(self.evidence(lost, backwards).to_string().as_bytes())
                .unwrap();
        }
        if lost != Lost::Operations {
            let pushed = self.operations(lost, backwards).to_string();
            engine.put_pushed(pushed.as_bytes()).unwrap();
        }
        engine
            .assessment(SERVICE, AS_OF, Audience::Named)
            .unwrap()
            .unwrap()
    }

    fn catalog(&self, backwards: bool) -> Value {
        let mut annotated = serde_json::Map::new();
        annotated.insert("mentorship/enrolled".to_owned(), json!("true"));
        annotated.insert(
            "backstage.io/source-location".to_owned(),
            json!("url:https://git.example/checkout/"),
        );
        for ((key, value), is_there) in annotations().into_iter().zip(&self.annotations) {
            if *is_there {
                annotated.insert(key.to_owned(), json!(value));
            }
        }
        let user = |name: &&str| json!({ "kind": "User", "metadata": { "name": name }, "spec": { "profile": { "email": format!("{name}@example.org") } } });
        let mut items: Vec<Value> = PEOPLE[..4].iter().map(user).collect();
        items.push(json!({ "kind": "Component", "metadata": { "name": "checkout", "annotations": annotated }, "spec": {} }));
        if backwards {
            items.reverse();
        }
        json!({ "items": items })
    }

    fn operations(&self, lost: Lost, backwards: bool) -> Value {
        let incident = |(id, (who, passed_on)): (usize, &(usize, usize))| {
            let who = format!("{}@example.org", PEOPLE[*who]);
            let mut incident = json!({ "id": id, "createdAt": "2026-11-01", "resolvedBy": who, "responders": [{ "person": who, "level": 1 }] });
            if *passed_on > 0 {
                incident["escalationLevel"] = json!(2);
            }
            match passed_on {
                1 => incident["escalationCause"] = json!("knowledge"),
                2 => incident["escalationCause"] = json!("no-answer"),
                _ => {}
            }
            incident
        };
        let mut incidents: Vec<Value> = self.incidents.iter().enumerate().map(incident).collect();
        if backwards {
            incidents.reverse();
        }
        let mut service = json!({ "entityRef": SERVICE, "incidents": incidents });
        if lost != Lost::OnCalls {
            service["onCalls"] = json!([{ "person": format!("@{}", PEOPLE[self.on_call]) }]);
        }
        json!({ "schema": "mentorship/pushed/v1", "collectedAt": "2026-11-21T06:00:00Z", "services": [service] })
    }

    /// The plan of today, and another one before it.
    fn versions(&self, files: &[(&str, &str)]) -> Value {
        let plan = files.iter().find(|(path, _)| *path == "MENTORSHIP.md");
        let version = |(days, text): (i64, &str)| {
            let at = CivilDate::from_unix_seconds(TODAY - days * DAY).to_string();
            json!({ "path": "MENTORSHIP.md", "commit": format!("{days:040}"), "at": at, "text": text })
        };
        let older = "---\nsteward: ben\napprentices:\n- user: jordan\n  autonomy: guided\n---\n";
        let texts = plan.map(|(_, text)| [(self.introduced, *text), (self.introduced + 30, older)]);
        texts.into_iter().flatten().map(version).collect()
    }

    fn evidence(&self, lost: Lost, backwards: bool) -> Value {
        let mut evidence = json!({
            "schema": "mentorship/evidence/v1",
            "repository": "https://git.example/checkout",
            "collectedAt": "2026-11-21T06:00:00Z",
            "services": [{ "entityRef": SERVICE, "directory": "" }],
        });
        if lost == Lost::Reading {
            evidence["failure"] = json!("the remote does not answer");
            return evidence;
        }
        let commits = self.commits();
        let mut files = self.files();
        let mut paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let changed: BTreeSet<&str> = self
            .commits
            .iter()
            .map(|(_, path, _, _)| PATHS[*path])
            .collect();
        paths.extend(changed);
        if backwards {
            files.reverse();
            paths.reverse();
        }
        if lost != Lost::Listing {
            evidence["paths"] = json!(paths);
            let texts = files
                .iter()
                .map(|(path, text)| json!({ "path": path, "text": text }));
            evidence["files"] = texts.collect();
        }
        if self.reviewed {
            let review = |name: &&str| json!({ "reviewer": name, "at": "2026-11-10T09:00:00Z", "paths": PATHS });
            evidence["reviews"] = PEOPLE[..4].iter().map(review).collect();
        }
        if lost != Lost::Versions {
            evidence["versions"] = self.versions(&files);
        }
        if lost != Lost::History {
            evidence["history"] = json!(String::from_utf8(stream(&commits)).unwrap());
        }
        evidence
    }
}

fn fails(assessment: &Assessment, rule: &str) -> bool {
    let mut findings = assessment.findings.iter();
    findings.any(|finding| finding.rule == rule && matches!(finding.outcome, Outcome::Fail { .. }))
}

/// One way to mend each rule that evidence can mend.
fn mended(world: &World, rule: &str) -> Option<World> {
    let mut world = world.clone();
    match rule {
        "no-steward" => {
            world.annotations[0] = true;
            world.annotations[7] = false;
        }
        "steward-since-unknown" => world.annotations[1] = true,
        "no-backup" => world.annotations[2] = true,
        "no-program-owner" => world.annotations[3] = true,
        "no-mentorship-plan" => world.files[0] = true,
        "codeowners-missing" | "codeowners-broken" | "critical-path-unpaired" => {
            world.files[1] = false;
            world.files[2] = true;
        }
        "no-runbook" => world.files[3] = true,
        "runbook-incomplete" | "runbook-stale" => {
            world.files[3] = false;
            world.files[6] = true;
        }
        "no-decision-record" => world.files[7] = true,
        "no-recorded-walkthrough" => world.files[8] = true,
        "single-knowledge-holder" | "knowledge-departed" | "bus-factor-low" => {
            // Everybody works on everything outside the critical paths.
            for path in 0..4 {
                for person in 0..4 {
                    // Often enough that the formula makes authors of them all.
                    for _ in 0..12 {
                        world.commits.push((person, path, 0, 0));
                    }
                }
            }
        }
        // Trailers would do, and would change who holds what besides.
        "reviewer-coverage-low" => world.reviewed = true,
        _ => return None,
    }
    Some(world)
}

proptest! {
    #![proptest_config(properties::tried_on(64))]

    #[test]
    fn evidence_taken_away_never_raises_a_score(world in world()) {
        let known = world.judged(Lost::Nothing, false);
        for lost in [Lost::Repository, Lost::Reading, Lost::History, Lost::Versions, Lost::Listing, Lost::Operations, Lost::OnCalls] {
            let less = world.judged(lost, false);
            prop_assert!(less.score <= known.score, "{lost:?}: {:?} > {:?}", less.score, known.score);
            prop_assert!(less.coverage <= known.coverage, "{lost:?}");
        }
    }

    #[test]
    fn mending_a_failure_never_lowers_a_score(world in world()) {
        let before = world.judged(Lost::Nothing, false);
        for finding in &before.findings {
            if !fails(&before, &finding.rule) {
                continue;
            }
            let Some(better) = mended(&world, &finding.rule) else {
                continue;
            };
            let after = better.judged(Lost::Nothing, false);
            if !fails(&after, &finding.rule) {
                prop_assert!(after.score >= before.score, "{}: {:?} < {:?}", finding.rule, after.score, before.score);
            }
        }
    }

    #[test]
    fn what_the_next_level_lacks_is_to_be_done_first(world in world()) {
        let rules = |mentions: Vec<RuleMention>| -> BTreeSet<String> {
            mentions.into_iter().map(|mention| mention.rule).collect()
        };
        for lost in [Lost::Nothing, Lost::Repository, Lost::Reading, Lost::History, Lost::Versions] {
            let judged = world.judged(lost, false);
            let next = judged.next_level.map(|next| (rules(next.missing), rules(next.to_find_out)));
            let (missing, to_find_out) = next.unwrap_or_default();
            let turn = |rule: &String| match (missing.contains(rule), to_find_out.contains(rule)) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            };
            let turns: Vec<u8> = judged.next_actions.iter().map(|one| turn(&one.rule)).collect();
            prop_assert!(turns.is_sorted(), "{:?}", judged.next_actions);
            prop_assert_eq!(turns.contains(&0), !missing.is_empty());
            prop_assert!(to_find_out.is_empty() || turns.first().is_some_and(|turn| *turn < 2), "{:?}", judged.next_actions);
        }
    }

    #[test]
    fn the_order_of_the_evidence_does_not_matter(world in world()) {
        prop_assert_eq!(world.judged(Lost::Nothing, false), world.judged(Lost::Nothing, true));
    }
}
