//! Loose entities: told where they came from, as a catalog tells its own.

use std::path::Path;

use serde_json::{Map, Value, json};

const SOURCE_LOCATION: &str = "backstage.io/source-location";
const MANAGED_BY_LOCATION: &str = "backstage.io/managed-by-location";
const ENROLLED: &str = "mentorship/enrolled";

/// An entity as somebody wrote it.
#[derive(Debug, Clone)]
pub struct LooseEntity {
    /// The document.
    pub value: Value,
    /// The line that it begins on, from 1.
    pub line: usize,
}

impl LooseEntity {
    /// A component that nobody wrote.
    pub fn made_up(name: &str) -> Self {
        Self {
            value: json!({"apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": {"name": name}}),
            line: 1,
        }
    }

    /// Whether the document means to be an entity.
    pub fn looks_like_one(&self) -> bool {
        self.value.get("kind").is_some() && self.value.get("metadata").is_some_and(Value::is_object)
    }

    /// The ref in lower case; `None` where there is no kind or no name.
    pub fn entity_ref(&self) -> Option<String> {
        let metadata = self.value.get("metadata")?;
        let kind = text(self.value.get("kind"))?;
        let name = text(metadata.get("name"))?;
        let namespace = text(metadata.get("namespace")).unwrap_or_else(|| "default".to_owned());
        Some(format!("{kind}:{namespace}/{name}").to_lowercase())
    }

    /// Makes the folders absolute that it names relative to its file's.
    pub fn resolve_from(&mut self, folder: &Path) {
        if let Some(annotations) = annotations_to_write(&mut self.value) {
            make_absolute(annotations, folder);
        }
    }

    /// Says which file it came from, where that is not said.
    pub fn tell_where_from(&mut self, path: &Path) {
        let Some(annotations) = annotations_to_write(&mut self.value) else {
            return;
        };
        annotations
            .entry(MANAGED_BY_LOCATION)
            .or_insert_with(|| Value::from(format!("file:{}", path.display())));
    }

    /// Whether it says itself if it takes part in the program.
    pub fn says_whether_enrolled(&self) -> bool {
        let annotations = self
            .value
            .get("metadata")
            .and_then(|metadata| metadata.get("annotations"));
        annotations.is_some_and(|annotations| annotations.get(ENROLLED).is_some())
    }

    /// Says that it takes part.
    pub fn enrol(&mut self) {
        if let Some(annotations) = annotations_to_write(&mut self.value) {
            annotations.insert(ENROLLED.to_owned(), Value::from("true"));
        }
    }

    /// A page with this entity alone.
    pub fn page(&self) -> Vec<u8> {
        json!({"items": [self.value]}).to_string().into_bytes()
    }
}

/// A page in which folders are absolute; `None` where they are already.
pub(super) fn with_absolute_locations(page: &[u8], folder: &Path) -> Option<Vec<u8>> {
    let mut page: Value = serde_json::from_slice(page).ok()?;
    let mut changed = false;
    for entity in page.get_mut("items")?.as_array_mut()? {
        let annotations = entity
            .get_mut("metadata")
            .and_then(|metadata| metadata.get_mut("annotations"));
        if let Some(Value::Object(annotations)) = annotations {
            changed |= make_absolute(annotations, folder);
        }
    }
    changed.then(|| page.to_string().into_bytes())
}

/// Whether something was changed.
fn make_absolute(annotations: &mut Map<String, Value>, folder: &Path) -> bool {
    let mut changed = false;
    for key in [SOURCE_LOCATION, MANAGED_BY_LOCATION] {
        let Some(Value::String(location)) = annotations.get_mut(key) else {
            continue;
        };
        let Some((scheme @ ("dir" | "file"), path)) = location.split_once(':') else {
            continue;
        };
        if Path::new(path).is_relative() {
            // The slash at the end of a folder is kept by hand: joining eats it.
            let slash = if path.ends_with('/') { "/" } else { "" };
            let joined = folder
                .join(path)
                .components()
                .collect::<std::path::PathBuf>();
            *location = format!("{scheme}:{}{slash}", joined.display());
            changed = true;
        }
    }
    changed
}

/// A text as the engine takes it: numbers and booleans count as written.
fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The annotations, made where there are none; `None` in a document that is not
/// shaped like an entity, which the engine refuses with a reason.
fn annotations_to_write(value: &mut Value) -> Option<&mut Map<String, Value>> {
    let metadata = value.get_mut("metadata")?.as_object_mut()?;
    let annotations = metadata.entry("annotations").or_insert_with(|| json!({}));
    if !annotations.is_object() {
        *annotations = json!({});
    }
    annotations.as_object_mut()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::{LooseEntity, with_absolute_locations};

    #[test]
    fn an_entity_learns_its_file_and_keeps_what_it_says() {
        let mut silent = LooseEntity::made_up("Pay");
        silent.resolve_from(Path::new("/nowhere"));
        silent.tell_where_from(Path::new("/nowhere/catalog-info.yaml"));
        assert_eq!(
            silent.value["metadata"]["annotations"],
            json!({"backstage.io/managed-by-location": "file:/nowhere/catalog-info.yaml"})
        );
        assert_eq!(silent.entity_ref().unwrap(), "component:default/pay");

        let mut odd = LooseEntity {
            value: json!({"kind": "Component", "metadata": {"name": [], "annotations": 3}}),
            line: 1,
        };
        odd.tell_where_from(Path::new("/nowhere/a.yaml"));
        assert_eq!(odd.entity_ref(), None);
        assert!(odd.value["metadata"]["annotations"].is_object());
    }

    #[test]
    fn a_page_is_left_as_it_was_unless_a_folder_is_relative() {
        let absolute = br#"{"items":[{"metadata":{"annotations":{"backstage.io/source-location":"dir:/srv/pay"}}}]}"#;
        assert_eq!(with_absolute_locations(absolute, Path::new("/here")), None);
        let relative = br#"{"items":[{"metadata":{"annotations":{"backstage.io/source-location":"dir:./pay/"}}}]}"#;
        let page = with_absolute_locations(relative, Path::new("/here")).unwrap();
        assert!(String::from_utf8(page).unwrap().contains("dir:/here/pay/"));
    }
}
