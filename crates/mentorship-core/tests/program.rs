//! The program: figures that a reader can check by hand, and a naive model that
//! counts the same from the pushed documents.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod properties;

use mentorship_core::civil_date::CivilDate;
use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Measure, Program, render};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The window is 2026-08-24 to 2026-11-21, the one before 2026-05-26 to 2026-08-23.
const AS_OF: &str = "2026-11-21";

fn engine(services: &[Value]) -> Engine {
    let policy = json!({ "sources": ["git", "incidents", "on-calls", "deployments", "reviews"] });
    let mut engine = Engine::new(&policy.to_string()).unwrap();
    let user = |number: usize| json!({ "kind": "User", "metadata": { "name": format!("u{number}") }, "spec": { "profile": { "email": format!("u{number}@example.org") } } });
    let mut items: Vec<Value> = (0..12).map(user).collect();
    items.extend_from_slice(services);
    engine
        .upsert_page(json!({ "items": items }).to_string().as_bytes())
        .unwrap();
    engine
}

fn component(name: &str, annotations: &[(&str, &str)]) -> Value {
    let mut all = serde_json::Map::new();
    for (key, value) in annotations {
        all.insert(format!("mentorship/{key}"), json!(value));
    }
    json!({ "kind": "Component", "metadata": { "name": name, "annotations": all } })
}

/// A service that u0 has been steward of since 2026-07-01.
fn stewarded(name: &str) -> Value {
    component(name, &[("steward", "u0"), ("steward-since", "2026-07-01")])
}

fn push(engine: &mut Engine, since: &str, services: &[Value]) {
    let document = json!({ "schema": "mentorship/pushed/v1", "collectedAt": "2026-11-21T06:00:00Z", "since": since, "services": services });
    let outcome = engine.put_pushed(document.to_string().as_bytes()).unwrap();
    assert_eq!(outcome.notes, []);
}

fn incident(id: usize, day: &str, by: &str) -> Value {
    json!({ "id": id, "createdAt": day, "resolvedAt": day, "resolvedBy": by })
}

fn program(engine: &mut Engine, decided: &Value) -> Program {
    engine
        .program(AS_OF, decided.to_string().as_bytes())
        .unwrap()
}

fn measure(engine: &mut Engine, id: &str) -> Measure {
    let program = program(engine, &json!({}));
    program
        .measures
        .into_iter()
        .find(|measure| measure.id == id)
        .unwrap()
}

#[test]
fn what_the_steward_did_not_resolve_is_a_contribution() {
    let mut engine = engine(&[stewarded("pay"), component("web", &[("steward", "u1")])]);
    // Helped: u2 acknowledged and acted before u0 resolved. Paged only: no help.
    let mut helped = incident(4, "2026-10-04T10:00:00Z", "user:default/u0");
    helped["responders"] = json!([{ "person": "u2@example.org", "acknowledgedAt": "2026-10-04T09:00:00Z", "actedAt": "2026-10-04T09:30:00Z" }]);
    let mut paged = incident(5, "2026-10-05T10:00:00Z", "user:default/u0");
    paged["responders"] =
        json!([{ "person": "u2@example.org", "acknowledgedAt": "2026-10-05T09:00:00Z" }]);
    let mut by_itself = incident(6, "2026-10-06", "u3@example.org");
    by_itself["resolution"] = json!("automatic");
    let pay = json!({ "entityRef": "component:default/pay", "incidents": [
        incident(1, "2026-10-01", "u0@example.org"),
        incident(2, "2026-10-02", "u1@example.org"),
        incident(3, "2026-08-23", "u1@example.org"),
        helped, paged, by_itself,
    ] });
    let web = json!({ "entityRef": "component:default/web", "incidents": [] });
    push(&mut engine, "2026-06-15", &[pay, web]);
    let measure = measure(&mut engine, "mttr-contribution");
    // Of 1, 2, 4 and 5 in the window: u1's and the one that u2 unblocked.
    assert_eq!(
        (measure.part, measure.whole, measure.value),
        (2, 4, Some(50.0))
    );
    assert_eq!(
        (measure.from.as_str(), measure.until.as_str()),
        ("2026-08-24", AS_OF)
    );
    // Since when u1 is steward of web is not written.
    assert_eq!((measure.measured, measure.unmeasured[0].services), (1, 1));
    let why = render::plain(&measure.unmeasured[0].reason);
    assert_eq!(why, "Since when the steward is steward is not known.");
}

#[test]
fn the_baseline_is_the_first_thirty_days_and_the_target_follows_it() {
    let mut engine = engine(&[stewarded("pay")]);
    let deployment = |day: &str, failed| json!({ "at": day, "failed": failed });
    let mut deployments = vec![
        // The first thirty days are 2026-07-01 to 2026-07-30: 2 of 5.
        deployment("2026-07-01", true),
        deployment("2026-07-30", true),
        deployment("2026-07-10", false),
        deployment("2026-07-11", false),
        deployment("2026-07-12", false),
        // Not in the baseline, nor in the window.
        deployment("2026-07-31", true),
    ];
    // In the window: 1 of 4.
    for (day, failed) in [
        ("2026-08-24", true),
        ("2026-09-01", false),
        ("2026-10-01", false),
        ("2026-11-21", false),
    ] {
        deployments.push(deployment(day, failed));
    }
    let pay = json!({ "entityRef": "component:default/pay", "deployments": deployments });
    push(&mut engine, "2026-07-01", &[pay]);
    let failures = measure(&mut engine, "change-failure-rate");
    assert_eq!(
        (failures.part, failures.whole, failures.value),
        (1, 4, Some(25.0))
    );
    let baseline = failures.baseline.clone().unwrap();
    assert_eq!((baseline.value, baseline.frozen), (40.0, false));
    assert_eq!(
        (baseline.from.as_deref(), baseline.until.as_deref()),
        (Some("2026-07-01"), Some("2026-07-30"))
    );
    // 40 % less a quarter.
    assert_eq!(
        (failures.target, failures.reached),
        (Some(30.0), Some(true))
    );
    // The window before begins on 2026-05-26, of which nothing is known.
    assert_eq!((failures.before, failures.trend), (None, None));
    let decided = json!({ "baselines": [{ "measure": "change-failure-rate", "value": 20 }] });
    let frozen = program(&mut engine, &decided).measures.remove(3);
    assert_eq!((frozen.target, frozen.reached), (Some(15.0), Some(false)));
    assert!(frozen.baseline.unwrap().frozen);
}

#[test]
fn nothing_can_become_less_and_not_more() {
    let mut engine = engine(&[stewarded("pay")]);
    let of_nothing = ["mttr-contribution", "change-failure-rate"];
    let decided = json!({
        "baselines": of_nothing.map(|measure| json!({ "measure": measure, "value": 0 })),
    });
    let measures = program(&mut engine, &decided).measures;
    let target = |id| measures.iter().find(|each| each.id == id).unwrap().target;
    assert_eq!(of_nothing.map(target), [None, Some(0.0)]);
}

#[test]
fn a_trend_needs_five_in_both_windows() {
    for (count, expected) in [(4, None), (5, Some("improving"))] {
        let mut engine = engine(&[stewarded("pay")]);
        let mut deployments = Vec::new();
        for number in 0..count {
            // Before: all failed; now: only the first.
            deployments.push(json!({ "at": "2026-06-01", "failed": true }));
            deployments.push(json!({ "at": "2026-10-01", "failed": number == 0 }));
        }
        let pay = json!({ "entityRef": "component:default/pay", "deployments": deployments });
        push(&mut engine, "2026-05-26", &[pay]);
        let measure = measure(&mut engine, "change-failure-rate");
        assert_eq!(measure.trend.as_deref(), expected);
        assert_eq!(measure.before, expected.map(|_| 100.0));
    }
}

#[test]
fn escalations_of_unknown_cause_stand_apart() {
    let mut engine = engine(&[stewarded("pay")]);
    let page = |id: usize, level: u8, cause: Option<&str>| {
        let mut page = incident(id, "2026-10-01", "u1@example.org");
        page["escalationLevel"] = json!(level);
        if let Some(cause) = cause {
            page["escalationCause"] = json!(cause);
        }
        page
    };
    let pages = [
        page(1, 2, Some("knowledge")),
        page(2, 2, Some("no-answer")),
        page(3, 3, None),
        page(4, 1, None),
    ];
    push(
        &mut engine,
        "2026-08-01",
        &[json!({ "entityRef": "pay", "incidents": pages })],
    );
    let measure = measure(&mut engine, "escalation-rate");
    assert_eq!(
        (measure.part, measure.whole, measure.value),
        (1, 4, Some(25.0))
    );
    assert_eq!(
        render::plain(&measure.summary),
        "1 of 4 pages in 90 days were passed on for lack of knowledge. 1 other was passed on for a cause that is not known."
    );
}

#[test]
fn reviewers_are_counted_by_path() {
    let mut service = component(
        "pay",
        &[
            ("steward", "u0"),
            ("critical-paths", "/infra/, /deploy/, /dags/"),
        ],
    );
    service["metadata"]["annotations"]["backstage.io/source-location"] =
        json!("url:https://git.example/pay/");
    let mut engine = engine(&[service]);
    let repository = json!({ "schema": "mentorship/evidence/v1", "repository": "https://git.example/pay", "collectedAt": "2026-11-21T06:00:00Z", "services": [{ "entityRef": "component:default/pay", "directory": "" }], "paths": ["infra/a.tf", "deploy/b.sh", "dags/c.py"] });
    engine
        .put_repository(repository.to_string().as_bytes())
        .unwrap();
    let review = |who: usize, day: &str, path: &str| json!({ "reviewer": format!("u{who}@example.org"), "at": day, "paths": [path] });
    push(
        &mut engine,
        "2026-08-01",
        &[json!({ "entityRef": "pay", "reviews": [
        review(1, "2026-10-01", "infra/a.tf"),
        review(2, "2026-10-02", "infra/a.tf"),
        review(3, "2026-10-03", "infra/a.tf"),
        review(3, "2026-10-04", "infra/a.tf"),
        // No machine makes up for a second pair of eyes.
        json!({ "reviewer": "harbour-review[bot]", "at": "2026-10-04", "paths": ["deploy/b.sh"] }),
        review(1, "2026-10-05", "deploy/b.sh"),
        // Before the window.
        review(2, "2026-08-20", "dags/c.py"),
    ] })],
    );
    let measure = measure(&mut engine, "reviewer-coverage");
    // Three reviewers of infra, one person of deploy; nobody changed dags.
    assert_eq!(
        (measure.part, measure.whole, measure.value),
        (1, 2, Some(50.0))
    );
    let summary = render::plain(&measure.summary);
    assert!(
        summary.ends_with("2.0 reviewers a path on average."),
        "{summary}"
    );
    assert_eq!(
        (measure.target, measure.reached),
        (Some(100.0), Some(false))
    );
}

/// Apprentices u1 to u5 of `pay` begin on 2026-07-01 and handle a page of the low-risk
/// `faq` alone after 60, 70, 80, 90 and 100 days.
fn ramps(people: usize) -> Measure {
    let mut engine = engine(&[stewarded("pay"), component("faq", &[("tier", "3")])]);
    let apprentices: Vec<Value> = (1..=people)
        .map(|number| json!({ "user": format!("user:default/u{number}"), "mentor": "u0", "started": "2026-07-01" }))
        .collect();
    let plan = format!(
        "---\nservice: pay\napprentices: {}\n---\n# Mentorship\n",
        json!(apprentices)
    );
    let repository = json!({ "schema": "mentorship/evidence/v1", "repository": "https://git.example/pay", "collectedAt": "2026-11-21T06:00:00Z", "services": [{ "entityRef": "component:default/pay", "directory": "" }], "paths": ["MENTORSHIP.md"], "files": [{ "path": "MENTORSHIP.md", "text": plan }] });
    engine
        .put_repository(repository.to_string().as_bytes())
        .unwrap();
    let start = CivilDate::parse("2026-07-01").unwrap();
    let mut incidents = Vec::new();
    for number in 1..=people {
        let person = format!("u{number}@example.org");
        let days = 50 + 10 * i32::try_from(number).unwrap();
        // A page with somebody else before that one is not handled alone.
        let mut together = incident(
            100 + number,
            &start.plus_days(days - 20).to_string(),
            &person,
        );
        together["responders"] = json!([{ "person": "u0@example.org" }]);
        incidents.push(together);
        for later in [0, 5] {
            let day = start.plus_days(days + later).to_string();
            incidents.push(incident(10 * number + later as usize, &day, &person));
        }
    }
    push(
        &mut engine,
        "2026-05-01",
        &[json!({ "entityRef": "faq", "incidents": incidents })],
    );
    measure(&mut engine, "ramp-time")
}

#[test]
fn the_ramp_is_a_median_of_at_least_five_people() {
    let five = ramps(5);
    // 60 days end on 2026-08-30, which is in the window, as is all that follows.
    assert_eq!(
        (five.value, five.part, five.unit.as_str()),
        (Some(80.0), 5, "days")
    );
    assert_eq!((five.target, five.reached), (Some(75.0), Some(false)));
    assert_eq!(ramps(6).value, Some(85.0));
    let four = ramps(4);
    assert_eq!((four.value, four.part, four.whole), (None, 0, 0));
    assert!(render::plain(&four.summary).starts_with("Fewer than 5 people"));
}

#[test]
fn the_bus_factor_index_is_of_ten() {
    let mut services = Vec::new();
    let mut happened = Vec::new();
    for number in 0..12 {
        // The first eight of twelve have three trained maintainers.
        let maintainers = if number < 8 { "u1, u2, u3" } else { "u1, u2" };
        services.push(component(
            &format!("s{number:02}"),
            &[("maintainers", maintainers)],
        ));
        // s00 has 13 incidents, s11 two.
        let incidents: Vec<Value> = (0..13 - number)
            .map(|id| incident(id, "2026-10-01", "u1@example.org"))
            .collect();
        happened.push(json!({ "entityRef": format!("s{number:02}"), "incidents": incidents }));
    }
    let mut engine = engine(&services);
    push(&mut engine, "2026-08-01", &happened);
    let index = measure(&mut engine, "bus-factor-index");
    assert_eq!((index.part, index.whole, index.value), (8, 10, Some(80.0)));
    assert_eq!((index.target, index.reached), (Some(80.0), Some(true)));
    assert_eq!((index.whole, index.target_part), (10, Some(8)));
}

#[test]
fn shares_rotations_and_rollout_are_counted() {
    let steward = |name: &str, since: &str| {
        component(
            name,
            &[
                ("steward", "u0"),
                ("steward-since", since),
                ("program-owner", "u1"),
            ],
        )
    };
    let mut engine = engine(&[
        // Due on 2026-11-21, 2026-12-21, 2027-01-20 and 2027-02-19; the last but one
        // after 60 days, the last after 90.
        steward("a", "2025-11-21"),
        steward("b", "2025-12-21"),
        steward("c", "2026-01-20"),
        steward("d", "2026-02-19"),
        steward("late", "2025-11-20"),
        component("none", &[("enrolled", "true")]),
        component("not-enrolled", &[]),
    ]);
    let program = program(
        &mut engine,
        &json!({ "confirmed": [{ "step": "rituals", "on": "2026-11-02" }] }),
    );
    let rotations = &program.rotations;
    assert_eq!(
        [rotations.within30, rotations.within60, rotations.within90],
        [2, 3, 4]
    );
    assert_eq!((rotations.overdue, rotations.services.len()), (1, 5));
    assert_eq!(rotations.services[0].entity_ref, "component:default/late");
    assert_eq!((program.services, program.enrolled), (7, 6));
    let all: u32 = program.levels.iter().map(|share| share.services).sum();
    assert_eq!(all, 6);
    let steps: Vec<(&str, bool, String)> = program
        .rollout
        .iter()
        .map(|step| {
            (
                step.id.as_str(),
                step.needs_confirmation,
                render::plain(&step.detail),
            )
        })
        .collect();
    assert_eq!(steps[0].2, "0 of 7");
    assert_eq!((steps[1].0, steps[1].1), ("roles", false));
    assert_eq!(
        steps[3],
        ("rituals", true, "Confirmed on 2026-11-02".to_owned())
    );
    assert!(program.rollout[3].done && !program.rollout[7].done);
    assert_eq!(program.proposal, []);
    for wrong in [
        json!({ "confirmed": [{ "step": "party" }] }),
        json!({ "baselines": [{ "measure": "ramp-time", "value": -1 }] }),
    ] {
        engine
            .program(AS_OF, wrong.to_string().as_bytes())
            .unwrap_err();
    }
}

#[test]
fn the_risk_queue_begins_where_it_hurts_most_and_says_why() {
    let mut engine = engine(&[
        component("quiet", &[("enrolled", "false")]),
        component("loud", &[("enrolled", "false"), ("tier", "1")]),
        component(
            "safe",
            &[("enrolled", "false"), ("maintainers", "u1, u2, u3")],
        ),
    ]);
    let incidents: Vec<Value> = (0..3)
        .map(|id| incident(id, "2026-10-01", "u1@example.org"))
        .collect();
    push(
        &mut engine,
        "2026-08-01",
        &[json!({ "entityRef": "loud", "incidents": incidents })],
    );
    let program = program(&mut engine, &json!({}));
    let queue: Vec<(&str, u32)> = program
        .risk_queue
        .iter()
        .map(|risk| (risk.title.as_str(), risk.points))
        .collect();
    // Knowledge 2, nobody known as steward 1, learning 1: 4 × (tier 4 + incidents 2);
    // without a tier and incidents 4 × 2. Three maintainers leave the steward 1 and,
    // as somebody holds a role and nobody learns, 2: 3 × 2.
    assert_eq!(queue, [("loud", 24), ("quiet", 8), ("safe", 6)]);
    let reason = render::plain(&program.risk_queue[0].reason);
    assert!(
        reason.contains("3 incidents in 90 days.") && reason.ends_with("Tier 1."),
        "{reason}"
    );
    // Nobody is enrolled, so that these are the first to enrol.
    assert_eq!(program.proposal, program.risk_queue);
    let results = engine.results(AS_OF, 0, 10).unwrap();
    let risks: Vec<u32> = results.items.iter().map(|item| item.risk.points).collect();
    assert_eq!(risks, [24, 8, 6]);
}

#[test]
fn results_of_the_day_do_not_change_the_program() {
    let mut engine = engine(&[stewarded("pay"), stewarded("web")]);
    let fresh = program(&mut engine, &json!({}));
    engine.results("2026-01-01", 0, 10).unwrap();
    engine.results(AS_OF, 1, 1).unwrap();
    assert_eq!(program(&mut engine, &json!({})), fresh);
}

/// Days before today, resolver (12: a machine), level, whether for lack of knowledge.
type Happened = (i32, usize, u8, bool);

fn naive(happened: &[Vec<Happened>], failed: &[Vec<(i32, bool)>]) -> [(u32, u32); 3] {
    let mut counts = [(0, 0); 3];
    for incidents in happened {
        for (days, who, level, knowledge) in incidents {
            // Steward u0 took over on 2026-07-01, before the window.
            if *days < 90 {
                counts[0].0 += u32::from(*who != 12 && *who != 0);
                counts[0].1 += u32::from(*who != 12);
                counts[1].0 += u32::from(*level > 1 && *knowledge);
                counts[1].1 += 1;
            }
        }
    }
    for deployments in failed {
        for (_, failed) in deployments.iter().filter(|(days, _)| *days < 90) {
            counts[2].0 += u32::from(*failed);
            counts[2].1 += 1;
        }
    }
    counts
}

proptest! {
    #![proptest_config(properties::tried_on(48))]

    #[test]
    fn a_naive_model_counts_the_same(
        happened in proptest::collection::vec(proptest::collection::vec((0..200_i32, 0..13_usize, 1..4_u8, any::<bool>()), 0..20), 1..5),
        failed in proptest::collection::vec(proptest::collection::vec((0..200_i32, any::<bool>()), 0..20), 1..5),
        in_parts in any::<bool>(),
    ) {
        let today = CivilDate::parse(AS_OF).unwrap();
        let names = happened.len().max(failed.len());
        let services: Vec<Value> = (0..names).map(|number| stewarded(&format!("s{number}"))).collect();
        let mut engine = engine(&services);
        let mut documents = Vec::new();
        for number in 0..names {
            let mut service = json!({ "entityRef": format!("s{number}") });
            if let Some(incidents) = happened.get(number) {
                let told = incidents.iter().enumerate().map(|(id, (days, who, level, knowledge))| {
                    let day = today.plus_days(-days).to_string();
                    let mut told = incident(id, &day, &format!("u{who}@example.org"));
                    told["escalationLevel"] = json!(level);
                    if *who == 12 {
                        told["resolution"] = json!("automatic");
                    }
                    if *level > 1 && *knowledge {
                        told["escalationCause"] = json!("knowledge");
                    }
                    told
                });
                service["incidents"] = told.collect();
            }
            if let Some(deployments) = failed.get(number) {
                let told = deployments.iter().map(|(days, failed)| json!({ "at": today.plus_days(-days).to_string(), "failed": failed }));
                service["deployments"] = told.collect();
            }
            documents.push(service);
        }
        if in_parts {
            for document in documents.iter().rev() {
                push(&mut engine, "2026-01-01", std::slice::from_ref(document));
            }
        } else {
            push(&mut engine, "2026-01-01", &documents);
        }
        let program = program(&mut engine, &json!({}));
        let told = [1, 5, 3].map(|place| (program.measures[place].part, program.measures[place].whole));
        prop_assert_eq!(told, naive(&happened, &failed));
    }
}
