//! What happens when people leave: the answer is what judging them as leavers
//! would say, worst first, and names nobody to those who may see no names.
#![allow(clippy::unwrap_used, clippy::panic)]

mod knowledge_stream;

use knowledge_stream::{Commit, DAY, add, modify, stream};
use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::render::plain;
use mentorship_core::wire::v1::{Audience, ReadingName, Role, WhatIf, WhatIfQuestion};
use serde_json::{Value, json};

const AS_OF: &str = "2026-11-21";
/// 2026-11-01.
const TODAY: i64 = 20_758 * DAY;

fn user(name: &str) -> Value {
    let address = format!("{name}@example.org");
    json!({ "kind": "User", "metadata": { "name": name }, "spec": { "profile": { "email": address } } })
}

fn group(name: &str, members: &[&str]) -> Value {
    json!({ "kind": "Group", "metadata": { "name": name }, "spec": { "members": members } })
}

fn service(name: &str, annotations: Value) -> Value {
    json!({ "kind": "Component", "metadata": { "name": name, "annotations": annotations }, "spec": { "type": "service" } })
}

/// Three services: Ada's alone, one that Ada and Ben share, one of Cleo's.
fn company(policy: &Value) -> Engine {
    let mut engine = Engine::new(&policy.to_string()).unwrap();
    let roles = json!({
        "mentorship/steward": "user:default/ada", "mentorship/backup": "user:default/ben",
        "mentorship/apprentices": "user:default/dan", "mentorship/critical-paths": "/deploy/",
    });
    let items = [
        user("ada"),
        user("ben"),
        user("cleo"),
        user("dan"),
        user("eve"),
        group("pair", &["ada", "cleo"]),
        group("everybody", &["ada", "ben", "cleo", "dan", "eve"]),
        service("alone", json!({ "mentorship/steward": "user:default/ada" })),
        service("shared", roles),
        service(
            "other",
            json!({ "mentorship/steward": "user:default/cleo" }),
        ),
    ];
    let page = json!({ "items": items }).to_string();
    assert_eq!(engine.upsert_page(page.as_bytes()).unwrap().errors, []);
    let at = |days: i64| TODAY - days * DAY;
    put(
        &mut engine,
        "alone",
        &[Commit::new(0, "ada", &[add("src/a.rs"), add("src/b.rs")]).at(at(30))],
    );
    let mut shared = vec![
        Commit::new(0, "ada", &[add("deploy/up.sh"), add("src/a.rs")]).at(at(40)),
        Commit::new(1, "ben", &[add("src/b.rs"), add("src/c.rs")]).at(at(30)),
        Commit::new(2, "dan", &[modify("src/a.rs")]).at(at(20)),
    ];
    // So many that one change of Dan's makes nobody an author.
    shared
        .extend((3..9).map(|number| Commit::new(number, "ada", &[modify("src/a.rs")]).at(at(10))));
    put(&mut engine, "shared", &shared);
    put(
        &mut engine,
        "other",
        &[Commit::new(0, "cleo", &[add("src/a.rs")]).at(at(30))],
    );
    engine
}

fn put(engine: &mut Engine, name: &str, commits: &[Commit]) {
    let paths = commits.iter().flat_map(|commit| &commit.changes);
    let paths: Vec<String> = paths
        .filter_map(|change| match change {
            knowledge_stream::Change::Add(path) => Some(path.clone()),
            _ => None,
        })
        .collect();
    let evidence = json!({
        "schema": "mentorship/evidence/v1",
        "repository": format!("https://git.example/{name}"),
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [{ "entityRef": format!("component:default/{name}"), "directory": "" }],
        "paths": paths,
        "files": [],
        "history": String::from_utf8(stream(commits)).unwrap(),
    });
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
}

fn ask(engine: &mut Engine, who: &[&str], audience: Audience) -> WhatIf {
    let who: Vec<String> = who.iter().map(|who| (*who).to_owned()).collect();
    engine.what_if(&question(&who, audience)).unwrap()
}

fn question(who: &[String], audience: Audience) -> WhatIfQuestion {
    WhatIfQuestion {
        leaves: who.to_vec(),
        due_this_quarter: false,
        as_of: AS_OF.to_owned(),
        audience,
        among: None,
        groups_only: false,
    }
}

fn refs(answer: &WhatIf) -> Vec<&str> {
    let services = answer.services.iter();
    services.map(|loss| loss.entity_ref.as_str()).collect()
}

#[test]
fn a_group_is_everybody_in_it() {
    let mut engine = company(&json!({}));
    let group = ask(&mut engine, &["group:default/pair"], Audience::Named);
    let members = ["user:default/ada", "user:default/cleo"];
    assert_eq!(group, ask(&mut engine, &members, Audience::Named));
    assert_eq!(group.leaving_count, 2);
    let nobody = ask(&mut engine, &["group:default/nobody"], Audience::Named);
    assert_eq!(nobody.not_known, ["group:default/nobody"]);
}

#[test]
fn services_that_take_no_part_are_neither_told_nor_counted() {
    let mut engine = company(&json!({}));
    let pair = ["group:default/pair".to_owned()];
    let all = engine.what_if(&question(&pair, Audience::Named)).unwrap();
    assert_eq!(all.services_total, 3);
    let among = ["component:default/other", "component:default/unheard-of"];
    let some = WhatIfQuestion {
        among: Some(among.map(str::to_owned).to_vec()),
        ..question(&pair, Audience::Named)
    };
    let some = engine.what_if(&some).unwrap();
    assert_eq!(some.services_total, 1);
    assert_eq!(refs(&some), ["component:default/other"]);
    assert!(refs(&all).len() > 1);
    let theirs = all.services.iter();
    assert_eq!(
        theirs
            .filter(|loss| loss.entity_ref == among[0])
            .collect::<Vec<_>>(),
        some.services.iter().collect::<Vec<_>>()
    );
}

#[test]
fn without_the_right_to_see_names_only_large_groups_may_be_asked_about() {
    let mut engine = company(&json!({}));
    let mut ask = |who: &str| {
        engine.what_if(&WhatIfQuestion {
            groups_only: true,
            ..question(&[who.to_owned()], Audience::Counted)
        })
    };
    for one in ["user:default/ada", "@ada", "ada", "group:default/pair", ""] {
        let refused = ask(one).unwrap_err().to_string();
        assert!(refused.contains("no group of at least 5 people"), "{one}");
    }
    let answer = ask("group:default/everybody").unwrap();
    assert_eq!(answer.leaving_count, 5);
    assert!(answer.leaving.is_empty());
}

/// Rotations that are due on the last day of the quarter, the day after, and long ago.
fn company_that_rotates(overdue: usize) -> Engine {
    let mut engine = company(&json!({}));
    let since = |steward: &str, since: &str| json!({ "mentorship/steward": format!("user:default/{steward}"), "mentorship/steward-since": since });
    let mut items = vec![
        service("alone", since("ada", "2025-12-31")),
        service("other", since("cleo", "2026-01-01")),
    ];
    for number in 0..overdue {
        let steward = format!("steward-{number}");
        items.push(user(&steward));
        items.push(service(
            &format!("overdue-{number}"),
            since(&steward, "2025-01-01"),
        ));
    }
    let page = json!({ "items": items }).to_string();
    assert_eq!(engine.upsert_page(page.as_bytes()).unwrap().errors, []);
    engine
}

fn due(audience: Audience) -> WhatIfQuestion {
    WhatIfQuestion {
        due_this_quarter: true,
        groups_only: audience == Audience::Counted,
        ..question(&[], audience)
    }
}

#[test]
fn every_steward_whose_rotation_is_due_this_quarter_can_be_asked_about_at_once() {
    let mut engine = company_that_rotates(60);
    let answer = engine.what_if(&due(Audience::Named)).unwrap();
    assert_eq!(answer.due_by.as_deref(), Some("2026-12-31"));
    assert_eq!(answer.leaving_count, 61);
    assert_eq!(answer.leaving[0].name, "steward-0");
    assert_eq!(answer.leaving[60].name, "ada");
    let headline = plain(&answer.headline);
    let said = "Without the 61 stewards whose rotations are due by 2026-12-31, 62 services of 63";
    assert!(headline.starts_with(said), "{headline}");
    assert!(refs(&answer).contains(&"component:default/alone"));
    assert!(!refs(&answer).contains(&"component:default/other"));

    let among = WhatIfQuestion {
        among: Some(vec!["component:default/overdue-7".to_owned()]),
        ..due(Audience::Named)
    };
    assert_eq!(engine.what_if(&among).unwrap().leaving_count, 1);
}

#[test]
fn too_few_stewards_are_no_group_for_readers_who_see_no_names() {
    let few = company_that_rotates(3).what_if(&due(Audience::Counted));
    assert!(few.unwrap_err().to_string().contains("fewer than 5"));
    let five = company_that_rotates(4).what_if(&due(Audience::Counted));
    assert_eq!(five.unwrap().leaving_count, 5);
    let nobody = company(&json!({})).what_if(&due(Audience::Counted));
    let said = plain(&nobody.unwrap().headline);
    assert_eq!(said, "No rotation is due by 2026-12-31.");
}

#[test]
fn the_worst_loss_leads_and_says_who_could_take_over() {
    let mut engine = company(&json!({}));
    let answer = ask(&mut engine, &["user:default/ada"], Audience::Named);
    let services: Vec<&str> = answer
        .services
        .iter()
        .map(|service| service.title.as_str())
        .collect();
    assert_eq!(services, ["alone", "shared"], "{answer:#?}");
    assert_eq!(answer.services_total, 3);

    let alone = &answer.services[0];
    assert_eq!(
        (alone.bus_factor_from, alone.bus_factor_to),
        (Some(1), Some(0))
    );
    assert_eq!(alone.vacated, [Role::Steward]);
    assert_eq!(alone.files, 2);
    assert_eq!(alone.directories[0].path, "");

    let shared = &answer.services[1];
    assert_eq!(
        (shared.bus_factor_from, shared.bus_factor_to),
        (Some(2), Some(1))
    );
    assert_eq!(shared.file_paths, ["deploy/up.sh", "src/a.rs"]);
    assert_eq!(shared.critical_paths[0].path, "/deploy/");
    let readings: Vec<ReadingName> = shared.readings.iter().map(|fall| fall.name).collect();
    assert!(readings.contains(&ReadingName::Declared), "{readings:?}");
    // The apprentice comes before whoever knows more.
    let successors: Vec<(&str, bool)> = shared
        .successors
        .iter()
        .map(|next| (next.name.as_str(), next.apprentice))
        .collect();
    assert_eq!(successors, [("dan", true), ("ben", false)]);
    assert_eq!(shared.successors[0].lost_files, 1);
}

#[test]
fn the_answer_is_what_judging_them_as_leavers_says() {
    let left = json!({ "people": { "left": ["user:default/ada"] } });
    let mut after = company(&left);
    let answer = ask(
        &mut company(&json!({})),
        &["user:default/ada"],
        Audience::Named,
    );
    for service in &answer.services {
        let judged = after
            .assessment(&service.entity_ref, AS_OF, Audience::Named)
            .unwrap()
            .unwrap();
        assert_eq!(judged.level, service.level_to);
        assert_eq!(judged.score, service.score_to);
        assert_eq!(judged.bus_factor.value, service.bus_factor_to);
        for fall in &service.readings {
            let mut readings = judged.bus_factor.readings.iter();
            let reading = readings.find(|reading| reading.name == fall.name);
            assert_eq!(reading.unwrap().value, fall.to, "{:?}", fall.name);
        }
    }
}

#[test]
fn who_has_left_already_takes_nothing_along() {
    let mut engine = company(&json!({ "people": { "left": ["user:default/ada"] } }));
    let answer = ask(&mut engine, &["user:default/ada"], Audience::Named);
    assert_eq!(refs(&answer), Vec::<&str>::new());
}

#[test]
fn who_may_see_no_names_sees_none() {
    let mut engine = company(&json!({}));
    let named = ask(&mut engine, &["user:default/ada"], Audience::Named);
    let counted = ask(&mut engine, &["user:default/ada"], Audience::Counted);
    assert_eq!(counted.leaving_count, 1);
    assert_eq!(counted.services.len(), named.services.len());
    assert_eq!(
        counted.services[1].successor_count,
        named.services[1].successors.len() as u32
    );
    let text = serde_json::to_string(&counted).unwrap();
    for name in ["ada", "ben", "dan"] {
        assert!(!text.contains(&format!("\"{name}\"")), "{text}");
        assert!(!text.contains(&format!("user:default/{name}")), "{text}");
    }
}

/// A service of four people whom no catalog knows.
fn known_by_files_alone() -> Engine {
    let mut engine = Engine::new("{}").unwrap();
    let page = json!({ "items": [service("ferry", json!({}))] }).to_string();
    assert_eq!(engine.upsert_page(page.as_bytes()).unwrap().errors, []);
    let plan = "- Steward: Ida Holm (@idah)\n- Backup: @joren\n- Mentor: @zlat\n";
    let maintainers = "| Name | GitHub |\n|---|---|\n| Jo Renn | @joren |\n| Ida Holm | @idah |\n";
    let commits = [
        Commit::new(0, "Ida Holm", &[add("src/a.rs")]).at(TODAY),
        Commit::new(1, "Jo Renn", &[add("src/b.rs")]).at(TODAY),
        Commit::new(2, "Zlata", &[add("src/c.rs")]).at(TODAY),
        Commit::new(3, "kofi-r8", &[add("src/d.rs")]).at(TODAY),
    ];
    let history = String::from_utf8(stream(&commits)).unwrap();
    let no_reply = "42+Zlat@users.noreply.github.com";
    let evidence = json!({
        "schema": "mentorship/evidence/v1",
        "repository": "https://git.example/ferry",
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [{ "entityRef": "component:default/ferry", "directory": "" }],
        "paths": ["CODEOWNERS", "MAINTAINERS.md", "MENTORSHIP.md", "src/a.rs", "src/b.rs", "src/c.rs", "src/d.rs"],
        "files": [
            { "path": "CODEOWNERS", "text": "* @idah-steward @joren\n" },
            { "path": "MAINTAINERS.md", "text": maintainers },
            { "path": "MENTORSHIP.md", "text": plan },
        ],
        "history": history.replace("zlata@example.org", no_reply),
    });
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    engine
}

#[test]
fn a_handle_means_whom_a_file_or_an_address_of_the_repository_gives_it() {
    let mut engine = known_by_files_alone();
    for (name, others) in [
        (
            "Ida Holm",
            ["@idah", "@IdaH-steward", "ida.holm@example.org"],
        ),
        ("Jo Renn", ["@joren", "joren", "jo.renn@example.org"]),
        (
            "Zlata",
            ["@zlat", "zlat", "42+zlat@users.noreply.github.com"],
        ),
        (
            "kofi-r8",
            ["@Kofi-R8", "@kofi-r8-apprentice", "kofi-r8@example.org"],
        ),
    ] {
        let by_name = ask(&mut engine, &[name], Audience::Named);
        assert_eq!(by_name.services.len(), 1, "{name}");
        for written in others {
            let answer = ask(&mut engine, &[written], Audience::Named);
            assert_eq!(answer, by_name, "{written}");
        }
    }
    let stranger = ask(&mut engine, &["@ghost"], Audience::Named);
    assert_eq!(stranger.not_known, ["@ghost"]);
}

#[test]
fn who_is_named_with_and_without_a_handle_counts_once() {
    let mut engine = known_by_files_alone();
    let judged = engine.assessment("component:default/ferry", AS_OF, Audience::Named);
    let judged = judged.unwrap().unwrap();
    let mut readings = judged.bus_factor.readings.iter();
    let declared = readings.find(|reading| reading.name == ReadingName::Declared);
    assert_eq!(declared.unwrap().value, Some(2));
}

#[test]
fn everybody_is_found_as_people_write_them_and_strangers_are_told() {
    let mut engine = company(&json!({}));
    let one = ask(&mut engine, &["user:default/ada"], Audience::Named);
    for way in ["@ada", "ada@example.org", "default/ada", "ada", " Ada "] {
        assert_eq!(
            ask(&mut engine, &[way], Audience::Named).services,
            one.services,
            "{way}"
        );
    }
    let nobody = ask(
        &mut engine,
        &["user:default/nobody", "@ada", "ada"],
        Audience::Named,
    );
    assert_eq!(nobody.not_known, ["user:default/nobody"]);
    assert_eq!(nobody.leaving_count, 1);
    let none = ask(&mut engine, &[], Audience::Named);
    assert_eq!((none.services.len(), none.leaving_count), (0, 0));
    let tomorrow = WhatIfQuestion {
        as_of: "tomorrow".to_owned(),
        ..question(&[], Audience::Named)
    };
    assert!(engine.what_if(&tomorrow).is_err());
}

#[test]
fn somebody_in_a_role_leaves_whom_the_catalog_does_not_know() {
    let roles = json!({ "mentorship/steward": "user:default/ada", "mentorship/backup": "@zoe" });
    let page = json!({ "items": [service("held", roles)] }).to_string();
    let mut engine = company(&json!({}));
    engine.upsert_page(page.as_bytes()).unwrap();
    let answer = ask(&mut engine, &["@zoe"], Audience::Named);
    assert_eq!(refs(&answer), ["component:default/held"]);
    let held = &answer.services[0];
    assert_eq!(
        (held.bus_factor_from, held.bus_factor_to),
        (Some(2), Some(1))
    );
}

#[test]
fn new_evidence_changes_the_next_answer() {
    let mut engine = company(&json!({}));
    assert_eq!(
        ask(&mut engine, &["@cleo"], Audience::Named).services.len(),
        1
    );
    put(
        &mut engine,
        "alone",
        &[Commit::new(0, "cleo", &[add("src/a.rs")]).at(TODAY - DAY)],
    );
    let answer = ask(&mut engine, &["@cleo"], Audience::Named);
    let services: Vec<&str> = answer
        .services
        .iter()
        .map(|service| service.title.as_str())
        .collect();
    assert_eq!(services, ["other", "alone"]);
}
