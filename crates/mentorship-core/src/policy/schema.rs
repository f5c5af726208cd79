//! The JSON Schema and the reference page of a policy, compared with the
//! committed files.
//!
//! The reader itself says what it asks for: while the empty policy is read, each
//! setting is noted with its kind, range and default. What a setting is for is
//! the documentation of its field. `cargo xtask codegen` writes the files by
//! running this test with `MENTORSHIP_CODEGEN=write`.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::fs;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::Policy;
use crate::rules;

thread_local! {
    static NOTED: RefCell<Vec<Setting>> = const { RefCell::new(Vec::new()) };
}

/// What a setting takes.
pub(super) enum Kind {
    Number(RangeInclusive<u16>),
    Texts,
    /// Out of these.
    Names(Vec<&'static str>),
    Tiers,
    TextMap,
}

struct Setting {
    path: String,
    kind: Kind,
    standard: Value,
}

/// Notes a setting that the reader asks for.
pub(super) fn note(path: &str, kind: Kind, standard: Value) {
    let setting = Setting {
        path: path.to_owned(),
        kind,
        standard,
    };
    NOTED.with_borrow_mut(|noted| noted.push(setting));
}

/// All settings, those outside a section first.
fn settings() -> Vec<Setting> {
    NOTED.take();
    Policy::from_json("{}").unwrap();
    let mut settings = NOTED.take();
    settings.sort_by_key(|setting| setting.path.contains('.'));
    settings
}

/// Where a policy is documented as a whole.
const ABOUT: &str = "What an organisation sets for itself: who is in the program, where evidence lies, \
     thresholds, weights and levels. Everything has a default.";

/// The documentation of the settings' fields.
struct Documentation(Value);

impl Documentation {
    fn new() -> Self {
        Self(schemars::schema_for!(Policy).to_value())
    }

    /// What a setting or a section is for, in one line.
    fn of(&self, path: &str) -> String {
        if let Some(rule) = path.strip_prefix("weights.") {
            let rule = rules::find(rule).unwrap();
            return format!("Weight in the score of: {}", rule.title);
        }
        let mut at = &self.0;
        for key in path.split('.') {
            at = self.resolved(at);
            at = &at["properties"][key];
        }
        let own = at["description"].as_str();
        let text = own.or_else(|| self.resolved(at)["description"].as_str());
        let text = text.unwrap_or_else(|| {
            unreachable!("`{path}` has no documentation: a field must be called as its setting")
        });
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(pointer) => self.0.pointer(pointer.trim_start_matches('#')).unwrap(),
            None => schema,
        }
    }
}

impl Setting {
    fn schema(&self, documentation: &Documentation) -> Value {
        let text = json!({"type": "string", "pattern": "\\S"});
        let mut schema = match &self.kind {
            Kind::Number(range) => {
                json!({"type": "integer", "minimum": range.start(), "maximum": range.end()})
            }
            Kind::Texts => json!({"type": "array", "items": text}),
            Kind::Names(known) => json!({"type": "array", "items": {"enum": known}}),
            Kind::Tiers => {
                json!({"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 9}})
            }
            Kind::TextMap => json!({"type": "object", "additionalProperties": {"type": "string"}}),
        };
        schema["description"] = json!(documentation.of(&self.path));
        schema["default"] = self.standard.clone();
        schema
    }

    /// What it takes, for a table.
    fn takes(&self) -> String {
        match &self.kind {
            Kind::Number(range) => format!("{}–{}", range.start(), range.end()),
            Kind::Texts => "a list of texts".to_owned(),
            Kind::Names(known) if known.len() < 10 => format!("a list of `{}`", known.join("`, `")),
            Kind::Names(_) => "a list of rule ids".to_owned(),
            Kind::Tiers => "a list of tiers, 1–9".to_owned(),
            Kind::TextMap => "an object of texts".to_owned(),
        }
    }
}

fn object(description: &str) -> Value {
    json!({"description": description, "type": "object", "additionalProperties": false, "properties": {}})
}

fn schema() -> Value {
    let documentation = Documentation::new();
    let mut root = object(ABOUT);
    root["properties"]["$schema"] =
        json!({"description": "This schema, for editors.", "type": "string"});
    for setting in settings() {
        let schema = setting.schema(&documentation);
        match setting.path.split_once('.') {
            None => root["properties"][&setting.path] = schema,
            Some((section, key)) => {
                let sections = root["properties"].as_object_mut().unwrap();
                let section = sections
                    .entry(section)
                    .or_insert_with(|| object(&documentation.of(section)));
                section["properties"][key] = schema;
            }
        }
    }
    root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    root["$id"] = json!("mentorship/policy/v1");
    root["title"] = json!("Mentorship policy");
    root
}

fn page() -> String {
    let documentation = Documentation::new();
    let mut page = String::from(
        "# Policy\n\nMade from the reader of policies by `cargo xtask codegen`.\n\n\
         What an organisation sets for itself, one file in JSON or YAML; `{}` is the default. The command\n\
         line takes it by `--policy FILE`, the portal by its configuration. A key that is misspelt, a number\n\
         out of range or a rule that does not exist is refused with its path and the nearest that there is.\n\
         Editors check it while it is written: [policy.schema.json](schemas/policy.schema.json), or what\n\
         `mentorship schema policy` prints.\n\n\
         ```yaml\n# yaml-language-server: $schema=policy.schema.json\n\
         program:\n  tiers: [1, 2]\nthresholds:\n  rotationDueMonths: 18\nweights:\n  codeowners-broken: 0\n\
         people:\n  left: [user:default/alice]\n```\n",
    );
    let mut before = None;
    for setting in settings() {
        let (section, key) = match setting.path.split_once('.') {
            Some((section, key)) => (section, key),
            None => ("", setting.path.as_str()),
        };
        if before.as_deref() != Some(section) {
            match section {
                "" => page.push('\n'),
                section => {
                    let _ = writeln!(page, "\n## `{section}`\n\n{}\n", documentation.of(section));
                }
            }
            page.push_str("| setting | what for | takes | default |\n|---|---|---|---|\n");
            before = Some(section.to_owned());
        }
        let standard = match &setting.standard {
            Value::Array(items) => items
                .iter()
                .map(|item| format!("`{}`", item.as_str().unwrap_or_default()))
                .collect::<Vec<_>>()
                .join(", "),
            Value::Object(_) => String::new(),
            other => format!("`{other}`"),
        };
        let _ = writeln!(
            page,
            "| `{key}` | {} | {} | {standard} |",
            documentation.of(&setting.path).replace('|', "\\|"),
            setting.takes(),
        );
    }
    page
}

#[test]
fn the_committed_schema_and_page_are_current() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let schema = format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap());
    let files = [
        ("schemas/policy.schema.json", schema),
        ("policy.md", page()),
    ];
    for (name, generated) in files {
        let path = folder.join(name);
        if std::env::var("MENTORSHIP_CODEGEN").as_deref() == Ok("write") {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, generated).unwrap();
            continue;
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == generated,
            "{} differs from the reader of policies: run `cargo xtask codegen`",
            path.display()
        );
    }
}
