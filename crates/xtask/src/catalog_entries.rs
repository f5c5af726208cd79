//! What a catalog file brings, as far as it can be told before a catalog reads it: one that
//! refuses an entry says so in no place where anybody looks.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

/// What is replaced by another file's text, which only the catalog's own reader finds.
const PLACEHOLDERS: [&str; 4] = ["$text", "$json", "$yaml", "$include"];

/// What is known of a file's entries.
#[derive(Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// Why entries will not be there, a sentence each.
    pub refused: Vec<String>,
    /// Whether there may be others.
    pub has_others: bool,
}

/// Asks `why_refused` of each entry that can be judged by itself; its answer is a reason,
/// or nothing where the entry is good.
pub fn foresee(file: &Path, why_refused: impl Fn(&Value) -> Option<String>) -> Foreseen {
    let mut foreseen = Foreseen {
        refused: Vec::new(),
        has_others: false,
    };
    let refused = &mut foreseen.refused;
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            refused.push(format!("it cannot be read: {error}"));
            return foreseen;
        }
    };
    for document in serde_yaml_ng::Deserializer::from_str(&text) {
        match Value::deserialize(document) {
            Ok(Value::Null) => {}
            Ok(entry) if stands_alone(&entry) => match why_refused(&entry) {
                Some(reason) => refused.push(format!("{}: {reason}", named(&entry))),
                None => foreseen.has_others = true,
            },
            Ok(_) => foreseen.has_others = true,
            Err(error) => {
                refused.push(format!("it is not the YAML that a catalog reads: {error}"));
                break;
            }
        }
    }
    if refused.is_empty() && !foreseen.has_others {
        refused.push("nothing stands in it".to_owned());
    }
    foreseen
}

/// Whether an entry says all by itself: a location's entries stand in other files.
fn stands_alone(entry: &Value) -> bool {
    let text = entry.to_string();
    entry["kind"] != "Location"
        && !PLACEHOLDERS
            .iter()
            .any(|placeholder| text.contains(&format!("\"{placeholder}\":")))
}

fn named(entry: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    format!(
        "the {} `{}`",
        word(&entry["kind"]),
        word(&entry["metadata"]["name"])
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn of(text: &str) -> Foreseen {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("catalog-info.yaml");
        fs::write(&file, text).unwrap();
        foresee(&file, |entry| {
            (entry["spec"]["owner"].is_null()).then(|| "it has no owner".to_owned())
        })
    }

    #[test]
    fn each_entry_that_is_refused_says_why_and_the_others_are_waited_for() {
        let foreseen = of("kind: Component\nmetadata: {name: studio}\nspec: {}\n---\n\
                           kind: Component\nmetadata: {name: shop}\nspec: {owner: me}\n---\n");
        assert_eq!(
            foreseen.refused,
            ["the Component `studio`: it has no owner"]
        );
        assert!(foreseen.has_others);
        assert!(!of("kind: Component\nmetadata: {name: studio}\n").has_others);
    }

    #[test]
    fn what_other_files_bring_is_for_the_catalog_to_say() {
        for text in [
            "kind: Location\nspec: {targets: [./a.yaml]}\n",
            "kind: API\nspec: {definition: {$text: ./api.yaml}}\n",
        ] {
            let foreseen = of(text);
            assert!(foreseen.refused.is_empty() && foreseen.has_others, "{text}");
        }
    }

    #[test]
    fn a_file_that_brings_nothing_says_why() {
        let why = |foreseen: Foreseen| {
            assert!(!foreseen.has_others);
            foreseen.refused.join("\n")
        };
        assert!(why(of("a: [\n")).contains("not the YAML"));
        assert!(why(of("# nothing\n")).contains("nothing stands in it"));
        let absent = foresee(Path::new("/nowhere.yaml"), |_| None);
        assert!(why(absent).contains("cannot be read"));
    }
}
