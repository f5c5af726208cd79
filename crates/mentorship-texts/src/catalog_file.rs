//! Catalog files as they stand in a repository: which entity carries which
//! annotations. Only for what the catalog itself cannot tell, such as what an
//! earlier version of the file said.

use crate::yaml::{self, Node, Value};

/// An entity of a catalog file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntity {
    /// The kind as written.
    pub kind: String,
    /// `metadata.namespace`, where it is written.
    pub namespace: Option<String>,
    /// `metadata.name`.
    pub name: String,
    /// `metadata.annotations`, in the order of the file; only texts.
    pub annotations: Vec<(String, String)>,
}

/// The entities of a file, one for each YAML document with a kind and a name.
/// What cannot be read as one is left out, and the rest of the file stands.
pub fn entities(text: &str) -> Vec<FileEntity> {
    let text = text.trim_start_matches('\u{feff}');
    let mut entities = Vec::new();
    let mut document = String::new();
    for line in text.lines() {
        if line.starts_with("---") || line.trim_end() == "..." {
            entities.extend(entity(&document));
            document.clear();
        } else {
            document.push_str(line);
            document.push('\n');
        }
    }
    entities.extend(entity(&document));
    entities
}

fn entity(document: &str) -> Option<FileEntity> {
    if document.trim().is_empty() {
        return None;
    }
    let text = yaml::Text {
        yaml: document,
        name: "the file",
        first_line: 1,
        plain_key: str::to_owned,
    };
    let root = yaml::read(text, &mut Vec::new())?.value;
    let metadata = get(&root, "metadata")?;
    let annotations = match get(metadata, "annotations") {
        Some(Value::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    Some(FileEntity {
        kind: text_at(&root, "kind")?,
        namespace: text_at(metadata, "namespace"),
        name: text_at(metadata, "name")?,
        annotations: annotations
            .iter()
            .filter_map(|(key, node)| Some((key.clone(), text_of(&node.value)?)))
            .collect(),
    })
}

fn get<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    let Value::Map(entries) = value else {
        return None;
    };
    let (_, node): &(String, Node) = entries.iter().find(|(name, _)| name == key)?;
    Some(&node.value)
}

fn text_at(value: &Value, key: &str) -> Option<String> {
    text_of(get(value, key)?)
}

fn text_of(value: &Value) -> Option<String> {
    let text = value.as_text()?;
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::entities;

    #[test]
    fn every_document_of_a_file_is_an_entity_and_a_broken_one_stops_no_other() {
        let found = entities(
            "# ours\n---\nkind: Component\nmetadata:\n  name: pay\n  annotations:\n    mentorship/steward: user:alice\n    other: [1]\n---\n: : [\n---\nkind: API\nmetadata: { name: pay, namespace: shop }\n",
        );
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(
            found[0].annotations,
            [("mentorship/steward".to_owned(), "user:alice".to_owned())]
        );
        assert_eq!(found[1].namespace.as_deref(), Some("shop"));
        assert!(entities("").is_empty() && entities("a\n").is_empty());
    }
}
