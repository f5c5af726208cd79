//! The JSON Schemas of what is handed in and of what is answered, compared with the
//! committed files.
//!
//! `cargo xtask codegen` writes the files by running this test with
//! `MENTORSHIP_CODEGEN=write`.

use std::fs;
use std::path::PathBuf;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::v1;

/// The schema of a document that is handed in: what has a default may be left out.
fn of_input<T: JsonSchema>(name: &str) -> String {
    written(schemars::schema_for!(T), name)
}

/// The schema of an answer: what is always there is required.
fn of_answer<T: JsonSchema>(name: &str) -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    written(settings.into_generator().into_root_schema_for::<T>(), name)
}

fn written(mut schema: Schema, name: &str) -> String {
    schema.insert(
        "$id".to_owned(),
        Value::from(format!("mentorship/{name}/v1")),
    );
    let text = serde_json::to_string_pretty(&schema).unwrap();
    format!("{text}\n")
}

#[test]
fn the_committed_schemas_are_current() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas");
    let files = [
        (
            "evidence.schema.json",
            of_input::<v1::RepositoryEvidence>("evidence"),
        ),
        (
            "pushed.schema.json",
            of_input::<v1::PushedEvidence>("pushed"),
        ),
        (
            "assessment.schema.json",
            of_answer::<v1::Assessment>("assessment"),
        ),
        ("results.schema.json", of_answer::<v1::Results>("results")),
        ("what-if.schema.json", of_answer::<v1::WhatIf>("what-if")),
        ("rules.schema.json", of_answer::<v1::RuleCatalogue>("rules")),
        (
            "knowledge.schema.json",
            of_answer::<v1::Knowledge>("knowledge"),
        ),
        ("program.schema.json", of_answer::<v1::Program>("program")),
        (
            "program-decided.schema.json",
            of_answer::<v1::ProgramDecided>("program-decided"),
        ),
    ];
    for (name, generated) in files {
        let path = folder.join(name);
        if std::env::var("MENTORSHIP_CODEGEN").as_deref() == Ok("write") {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, generated).unwrap();
            continue;
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == generated,
            "{} differs from the wire types: run `cargo xtask codegen`",
            path.display()
        );
    }
}
