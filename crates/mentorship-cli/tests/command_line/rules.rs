//! `rules` and `explain`.

use std::path::Path;

use super::fixture::run;

#[test]
fn the_catalogue_is_shown_in_every_format() {
    let table = run(Path::new("."), ["rules"]);
    assert_eq!(table.status, 0);
    assert!(
        table.stdout.lines().all(|line| line.chars().count() <= 80),
        "{}",
        table.stdout
    );
    let json = run(Path::new("."), ["rules", "--format", "json"]).json();
    let ids: Vec<&str> = json["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert!(ids.contains(&"no-steward"));
    for id in ids {
        assert!(table.stdout.contains(id), "{id} is not in the table");
        let page = run(Path::new("."), ["explain", id]);
        assert_eq!(page.status, 0);
        assert!(
            page.stdout.contains("What it checks") && !page.stdout.contains("```"),
            "{}",
            page.stdout
        );
    }
}

#[test]
fn a_rule_that_is_not_there_is_told_with_the_nearest() {
    let run = run(Path::new("."), ["explain", "no-stewart"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("did you mean `no-steward`?"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stdout, "");
}
