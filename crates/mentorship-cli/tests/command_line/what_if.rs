//! `what-if`, beyond the bytes that the situations hold it to.

use std::path::Path;

use super::fixture::{Run, run};

fn ask(more: &[&str]) -> Run {
    let case = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/cases/who-knows-what-and-a-departure");
    let mut arguments = vec![
        "what-if",
        "--catalog",
        "catalog.json",
        "--evidence",
        "evidence",
    ];
    arguments.extend(["--policy", "policy.json", "--as-of", "2026-11-20"]);
    arguments.extend(more);
    run(&case, arguments)
}

#[test]
fn the_table_leads_with_the_worst_and_fits() {
    let told = ask(&["--leaves", "@isolheim", "--format", "table"]);
    assert_eq!(told.status, 0, "{}", told.stderr);
    let table = told.stdout;
    for line in [
        "Without Ingrid Solheim, 2 services of 3",
        "Amara Diallo is learning it",
    ] {
        assert!(table.contains(line), "{line}: {table}");
    }
    assert!(
        table.find("Berth map") < table.find("Gate control"),
        "{table}"
    );
    assert!(
        table.lines().all(|line| line.chars().count() <= 80),
        "{table}"
    );

    let counted = ask(&["--leaves", "@isolheim", "--format", "markdown", "--counted"]);
    assert!(
        counted.stdout.contains("Without 1 person"),
        "{}",
        counted.stdout
    );
    assert!(!counted.stdout.contains("Amara"), "{}", counted.stdout);
}

#[test]
fn rows_are_the_columns_of_the_core() {
    let csv = ask(&["--leaves", "user:default/ingrid", "--format", "csv"]).stdout;
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("as_of,entity_ref,title,tier,level_from,level_to"));
    assert!(
        lines[1].starts_with("2026-11-20,component:default/berth-map,Berth map,"),
        "{csv}"
    );
    assert_eq!(lines.len(), 4, "{csv}");
}

#[test]
fn strangers_are_told_and_nobody_known_is_nothing_to_answer() {
    let one = ask(&["--leaves", "@isolheim", "user:default/nobody"]);
    assert_eq!(one.status, 0);
    assert!(one.stderr.contains("user:default/nobody"), "{}", one.stderr);
    let none = ask(&["--leaves", "user:default/nobody"]);
    assert_eq!(
        (none.status, none.stdout.as_str()),
        (3, ""),
        "{}",
        none.stderr
    );
    assert_eq!(ask(&[]).status, 2);
}
