//! The command line's door to the situations: the same bytes as the library.

use std::fs;
use std::path::Path;

use super::fixture::run;

#[test]
fn every_situation_gives_the_bytes_of_the_library() {
    // The library's test writes the expectations.
    if std::env::var("MENTORSHIP_CODEGEN").as_deref() == Ok("write") {
        return;
    }
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut seen = 0;
    for entry in fs::read_dir(cases).unwrap() {
        let case = entry.unwrap().path();
        if !case.is_dir() {
            continue;
        }
        seen += 1;
        let as_of = fs::read_to_string(case.join("as-of")).unwrap();
        for (format, file) in [("json", "expected.json"), ("csv", "expected.csv")] {
            let mut arguments = vec![
                "assess",
                "--catalog",
                "catalog.json",
                "--policy",
                "policy.json",
            ];
            arguments.extend(["--as-of", as_of.trim(), "--format", format]);
            if case.join("evidence").exists() {
                arguments.extend(["--evidence", "evidence"]);
            }
            let run = run(&case, arguments);
            let expected = fs::read_to_string(case.join(file)).unwrap_or_default();
            assert_eq!(run.status, 0, "{}: {}", case.display(), run.stderr);
            assert!(
                run.stdout == expected,
                "{} differs from {file}:\n{}",
                case.display(),
                run.stdout
            );
        }
        what_if(&case, as_of.trim());
    }
    assert!(seen >= 8, "the situations are not where they should be");
}

/// The same where a situation asks what happens when people leave.
fn what_if(case: &Path, as_of: &str) {
    let Ok(leaving) = fs::read_to_string(case.join("leaving")) else {
        return;
    };
    for file in ["expected.what-if.json", "expected.what-if-counted.json"] {
        let mut arguments = vec!["what-if", "--leaves"];
        arguments.extend(leaving.lines());
        arguments.extend(["--catalog", "catalog.json", "--policy", "policy.json"]);
        arguments.extend(["--evidence", "evidence", "--as-of", as_of]);
        if file.contains("counted") {
            arguments.push("--counted");
        }
        let run = run(case, arguments);
        let expected = fs::read_to_string(case.join(file)).unwrap_or_default();
        assert_eq!(run.status, 0, "{}: {}", case.display(), run.stderr);
        assert!(run.stdout == expected, "{}: {}", case.display(), run.stdout);
    }
}
