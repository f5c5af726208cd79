//! `collect` and `push`, against a portal that is a thread of the test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use serde_json::Value;

use super::fixture::{Commit, INGRID, Run, berth_planner, mentorship, ran, repository, run, write};

const TOKEN: &str = "s3cret-token-of-the-test";
const ROUTE: &str = "/api/mentorship/evidence/by-entity/component/default/berth-planner";

/// What a portal was asked: the line, the headers in lower case, the body.
struct Request {
    line: String,
    headers: Vec<String>,
    body: Vec<u8>,
}

/// A portal that gives these answers, one to a connection, and tells what it was
/// asked.
fn portal(answers: &'static [&'static str]) -> (String, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (asked, requests) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            asked.send(request(&stream)).unwrap();
            let (head, body) = answer.split_once('|').unwrap_or((answer, ""));
            write!(
                stream,
                "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            )
            .unwrap();
        }
    });
    (address, requests)
}

fn request(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let line = lines.remove(0);
    let headers: Vec<String> = lines
        .iter()
        .map(|header| {
            let (name, value) = header.split_once(':').unwrap();
            format!("{}:{value}", name.to_lowercase())
        })
        .collect();
    let length = headers
        .iter()
        .find_map(|header| header.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    Request {
        line,
        headers,
        body,
    }
}

fn push(folder: &Path, file: &str, to: &str) -> Run {
    let mut command = mentorship(folder);
    for proxy in [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    ] {
        command.env_remove(proxy);
    }
    command
        .env("MENTORSHIP_TOKEN", TOKEN)
        .args(["push", file, "--to", to]);
    let run = ran(command.output().unwrap());
    assert!(!run.stderr.contains(TOKEN) && !run.stdout.contains(TOKEN));
    run
}

/// A folder with the evidence of a repository in it.
fn collected() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(&folder.path().join("repository"));
    let out = folder.path().join("evidence.json");
    let run = run(&repository, ["collect", "--out", out.to_str().unwrap()]);
    assert_eq!(
        (run.status, run.stderr.as_str(), run.stdout.as_str()),
        (0, "", "")
    );
    folder
}

#[test]
fn what_was_not_read_is_told_with_what_is_collected() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "x".repeat(1024 * 1024 + 1);
    let commit = Commit {
        author: INGRID,
        files: &[("MENTORSHIP.md", &plan)],
    };
    let repository = repository(folder.path(), &[commit]);
    let collected = run(&repository, ["collect"]);
    assert_eq!(collected.status, 0);
    let told = "mentorship: MENTORSHIP.md: the file was not read: larger than 1048576 bytes\n";
    assert!(collected.stderr.ends_with(told), "{}", collected.stderr);
}

#[test]
fn what_is_collected_is_judged_like_the_repository_and_is_valid() {
    let folder = collected();
    let text = std::fs::read_to_string(folder.path().join("evidence.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let schema = run(folder.path(), ["schema", "evidence"]).json();
    assert!(jsonschema::is_valid(&schema, &document));
    let catalog =
        "kind: Component\nmetadata: {name: berth-planner}\nspec: {type: service, owner: freight}\n";
    write(&folder.path().join("catalog.yaml"), catalog);
    let assess = [
        "assess",
        "--catalog",
        "catalog.yaml",
        "--evidence",
        "evidence.json",
        "--as-of",
        "2026-11-20",
        "--format",
        "json",
    ];
    let assessed = run(folder.path(), assess).assessment(0);
    let repository = folder.path().join("repository");
    let checked = run(
        &repository,
        ["check", "--as-of", "2026-11-20", "--format", "json"],
    )
    .assessment(0);
    assert_eq!(assessed["findings"], checked["findings"]);
    assert_eq!(assessed["score"], checked["score"]);
}

#[test]
fn evidence_is_put_where_the_service_is() {
    let folder = collected();
    let (to, requests) = portal(&["204 No Content"]);
    let run = push(folder.path(), "evidence.json", &to);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout.starts_with("component:default/berth-planner  "),
        "{}",
        run.stdout
    );
    let request = requests.recv().unwrap();
    assert_eq!(request.line, format!("PUT {ROUTE} HTTP/1.1"));
    assert!(
        request
            .headers
            .contains(&format!("authorization: Bearer {TOKEN}"))
    );
    assert!(
        request
            .headers
            .contains(&"content-type: application/json".to_owned())
    );
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(
        body["services"][0]["entityRef"],
        "component:default/berth-planner"
    );
    assert!(!body["history"].as_str().unwrap().is_empty());
}

#[test]
fn each_service_is_sent_by_itself_and_one_refusal_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let pushed = r#"{"schema": "mentorship/pushed/v1", "collectedAt": "2026-11-21T06:00:00Z", "services": [
        {"entityRef": "component:default/a b", "deployments": []},
        {"entityRef": "component:default/c", "deployments": []}]}"#;
    write(&folder.path().join("pushed.json"), pushed);
    let schema = run(folder.path(), ["schema", "pushed"]).json();
    assert!(jsonschema::is_valid(
        &schema,
        &serde_json::from_str(pushed).unwrap()
    ));
    let (to, requests) = portal(&["403 Forbidden", "200 OK|{}"]);
    let run = push(folder.path(), "pushed.json", &to);
    assert_eq!(run.status, 3);
    assert_eq!(run.stderr.lines().count(), 1);
    assert!(
        run.stderr.contains("component:default/a b: 403"),
        "{}",
        run.stderr
    );
    assert!(
        run.stdout.starts_with("component:default/c  "),
        "{}",
        run.stdout
    );
    assert!(
        requests
            .recv()
            .unwrap()
            .line
            .contains("/component/default/a%20b ")
    );
    let second: Value = serde_json::from_slice(&requests.recv().unwrap().body).unwrap();
    assert_eq!(second["services"].as_array().unwrap().len(), 1);
}

#[test]
fn the_route_and_the_schemas_are_those_of_the_api_description() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../plugin-ts/plugins/mentorship-backend/src/schema");
    let text = std::fs::read_to_string(folder.join("evidence.openapi.yaml")).unwrap();
    let api: Value = serde_saphyr::from_str(&text).unwrap();
    assert_eq!(api["openapi"], "3.1.0");
    let template = api["paths"].as_object().unwrap().keys().next().unwrap();
    let path = template
        .replace("{kind}", "component")
        .replace("{namespace}", "default")
        .replace("{name}", "berth-planner");
    assert_eq!(
        format!("{}{path}", api["servers"][0]["url"].as_str().unwrap()),
        ROUTE
    );
    let put = &api["paths"][template]["put"];
    for status in ["401", "403", "404", "413"] {
        assert!(put["responses"][status].is_object(), "{status}");
    }
    let bodies = &put["requestBody"]["content"]["application/json"]["schema"]["oneOf"];
    for body in bodies.as_array().unwrap() {
        let schema = folder.join(body["$ref"].as_str().unwrap());
        assert!(schema.exists(), "{}", schema.display());
    }
}

#[test]
fn what_passes_is_tried_again() {
    let folder = collected();
    let (to, requests) = portal(&["503 Service Unavailable", "204 No Content"]);
    assert_eq!(push(folder.path(), "evidence.json", &to).status, 0);
    assert_eq!(requests.iter().count(), 2);
}

#[test]
fn a_refusal_says_what_to_do() {
    let folder = collected();
    for (answer, said) in [
        (
            &["401 Unauthorized"],
            "does not know the token in $MENTORSHIP_TOKEN",
        ),
        (&["404 Not Found"], "no such service"),
        (&["413 Payload Too Large"], "more than the portal takes"),
        (
            &["302 Found\r\nlocation: https://elsewhere.example/"],
            "https://elsewhere.example/",
        ),
        (
            &["400 Bad Request|{\"error\":{\"message\":\"services[0]: no such field\"}}"],
            "400, services[0]: no such field",
        ),
    ] {
        let (to, _requests) = portal(answer);
        let run = push(folder.path(), "evidence.json", &to);
        assert_eq!(run.status, 3, "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    }
}

#[test]
fn usage_is_told_before_anything_is_sent() {
    let folder = collected();
    for (to, said) in [
        ("backstage.example", "begins with https://"),
        ("https://me:pass@backstage.example", "password"),
    ] {
        let run = push(folder.path(), "evidence.json", to);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    let without = run(
        folder.path(),
        ["push", "evidence.json", "--to", "http://127.0.0.1:9"],
    );
    assert_eq!(without.status, 2);
    assert!(
        without.stderr.contains("$MENTORSHIP_TOKEN"),
        "{}",
        without.stderr
    );
    write(&folder.path().join("other.json"), "{\"schema\": \"x\"}");
    let other = push(folder.path(), "other.json", "http://127.0.0.1:9");
    assert_eq!(other.status, 3);
    assert!(
        other.stderr.contains("mentorship/pushed/v1"),
        "{}",
        other.stderr
    );
}

/// Every `mentorship` line of the recipes is one that the command understands.
#[test]
fn the_recipes_are_understood() {
    let recipes = include_str!("../../../../docs/ci.md");
    let folder = tempfile::tempdir().unwrap();
    let mut asked = 0;
    for line in recipes
        .lines()
        .filter(|line| !line.contains("cargo install"))
    {
        let calls = line.split("mentorship ").skip(1);
        let is_call = |call: &&str| {
            ["check ", "collect ", "push "]
                .iter()
                .any(|name| call.starts_with(name))
        };
        for call in calls.filter(is_call) {
            let call = call.split(['|', '>', '`']).next().unwrap();
            let words = call.split_whitespace().map(|word| word.trim_matches('"'));
            let mut words: Vec<&str> = words
                .filter(|word| !word.starts_with("vars.") && *word != "}}")
                .collect();
            words.push("--help");
            let run = run(folder.path(), words.clone());
            assert_eq!(run.status, 0, "{words:?}: {}", run.stderr);
            asked += 1;
        }
    }
    assert!(asked >= 7, "{asked}");
}

#[test]
fn the_deployment_of_the_recipe_is_evidence() {
    let recipes = include_str!("../../../../docs/ci.md");
    let document = recipes
        .split("<<JSON\n")
        .nth(1)
        .unwrap()
        .split("\nJSON\n")
        .next()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (job, now) in [
        ("one.json", "2026-11-20T06:00:00Z"),
        ("two.json", "2026-11-20T09:00:00Z"),
    ] {
        assert!(document.contains("$now"), "{document}");
        write(&folder.path().join(job), &document.replace("$now", now));
    }
    write(
        &folder.path().join("catalog.yaml"),
        "kind: Component\nmetadata: {name: checkout}\n",
    );
    write(
        &folder.path().join("policy.yaml"),
        "sources: [git, deployments]\n",
    );
    let assess = [
        "assess",
        "--catalog",
        "catalog.yaml",
        "--evidence",
        "one.json",
        "two.json",
        "--policy",
        "policy.yaml",
        "--format",
        "json",
    ];
    let run = run(folder.path(), assess);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("2 deployments"), "{}", run.stdout);
}
