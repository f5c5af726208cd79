//! The TypeScript types of the wire, compared with the committed file.
//!
//! `cargo xtask codegen` writes the file by running this test with
//! `MENTORSHIP_CODEGEN=write`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use ts_rs::{Config, TS, TypeVisitor};

use super::v1;

const HEADER: &str = "/*\n * Generated from crates/mentorship-core/src/wire by `cargo xtask codegen`.\n * Do not edit.\n */\n";

/// Declarations by name, so that the order of the file is stable.
struct Declarations<'a> {
    config: &'a Config,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            return;
        }
        let name = T::ident(self.config);
        if self.by_name.contains_key(&name) {
            return;
        }
        let declaration = format!("{}export {}\n", public(T::docs()), T::decl(self.config));
        self.by_name.insert(name, declaration);
        T::visit_dependencies(self);
    }
}

/// The doc comment with the release tag that the platform's API reports ask for.
fn public(docs: Option<String>) -> String {
    let docs = docs.unwrap_or_else(|| "/**\n */\n".to_owned());
    docs.trim_end()
        .strip_suffix("*/")
        .map(|body| format!("{}\n *\n * @public\n */\n", body.trim_end()))
        .unwrap_or_default()
}

fn generated() -> String {
    let config = Config::default();
    let mut declarations = Declarations {
        config: &config,
        by_name: BTreeMap::new(),
    };
    declarations.visit::<v1::Assessment>();
    declarations.visit::<v1::RuleCatalogue>();
    declarations.visit::<v1::RepositoryEvidence>();
    declarations.visit::<v1::PushedEvidence>();
    declarations.visit::<v1::PagerDutyAsked>();
    declarations.visit::<v1::OperationsOutcome>();
    declarations.visit::<v1::PageOutcome>();
    declarations.visit::<v1::ServiceLocation>();
    declarations.visit::<v1::RestoredHistory>();
    declarations.visit::<v1::HistoryOutcome>();
    declarations.visit::<v1::AssessmentRow>();
    declarations.visit::<v1::ServiceRisk>();
    declarations.visit::<v1::Reminder>();
    declarations.visit::<v1::Involvement>();
    declarations.visit::<v1::Judgement>();
    declarations.visit::<v1::WhatIfQuestion>();
    declarations.visit::<v1::WhatIf>();
    declarations.visit::<v1::Knowledge>();
    declarations.visit::<v1::Program>();
    declarations.visit::<v1::ProgramDecided>();
    let bodies: Vec<String> = declarations.by_name.into_values().collect();
    format!("{HEADER}\n{}", bodies.join("\n"))
}

#[test]
fn the_committed_types_are_current() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../plugin-ts/plugins/mentorship-common/src/wire.ts");
    let generated = generated();
    if std::env::var("MENTORSHIP_CODEGEN").as_deref() == Ok("write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &generated).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == generated,
        "{} differs from the wire types: run `cargo xtask codegen`",
        path.display()
    );
}
