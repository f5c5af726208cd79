//! The JSON Schemas of what is pushed, compared with the committed files.
//!
//! `cargo xtask codegen` writes the files by running this test with
//! `MENTORSHIP_CODEGEN=write`.

use std::fs;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde_json::Value;

use super::v1;

fn schema<T: JsonSchema>(name: &str) -> String {
    let mut schema = schemars::schema_for!(T);
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
            schema::<v1::RepositoryEvidence>("evidence"),
        ),
        ("pushed.schema.json", schema::<v1::PushedEvidence>("pushed")),
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
