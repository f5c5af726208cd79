//! Evidence as a source hands it in, one document a repository.

use serde::{Deserialize, Serialize};

/// What a source found in one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RepositoryEvidence {
    /// Always `mentorship/evidence/v1`.
    pub schema: String,
    /// The repository's key: one string for one repository, shown to readers.
    /// An `http(s)` address, or the folder's path. Never holds credentials.
    pub repository: String,
    /// Where a file can be seen, with `{path}` and optionally `{line}` in it:
    /// `https://host/org/repo/blob/<commit>/{path}#L{line}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub file_address: Option<String>,
    /// The commit that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub commit: Option<String>,
    /// When it was read, RFC 3339.
    pub collected_at: String,
    /// Why reading failed; absent where it did not. What stands beside it is
    /// then the last good evidence, and stale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub failure: Option<String>,
    /// The services that live here.
    pub services: Vec<ServicePlace>,
    /// All living paths at the commit, `/`-separated; absent where no listing
    /// could be had. An empty list is an empty repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub paths: Option<Vec<String>>,
    /// The files that the engine asked for.
    #[serde(default)]
    pub files: Vec<EvidenceFile>,
    /// The history, where it does not come as a stream of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub history: Option<String>,
    /// Reviews on the code host; absent where nobody asked it. An empty list
    /// says that nobody reviewed anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub reviews: Option<Vec<ReviewEvidence>>,
    /// What is about to be merged, where it is judged before; absent elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub change: Option<ChangeEvidence>,
    /// What the files that the engine asked for were before, those of each file
    /// newest first and without a gap; absent where nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub versions: Option<Vec<FileVersion>>,
}

/// A change that is about to be merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeEvidence {
    /// The unified diff from where it parted, paths below `a/` and `b/`; absent
    /// where it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub diff: Option<String>,
    /// The messages of its commits.
    #[serde(default)]
    pub messages: String,
    /// Why there is no diff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub failure: Option<String>,
}

/// A file as a commit left it. Without `text`, `bytes` and `failure`, the commit left
/// no such file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileVersion {
    /// The path of the file today.
    pub path: String,
    /// The path then; absent where it is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub path_then: Option<String>,
    /// Full name of the commit.
    pub commit: String,
    /// When its author made it, RFC 3339 in UTC or `YYYY-MM-DD`; with `failure`
    /// of no account.
    pub at: String,
    /// The text where it was UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub text: Option<String>,
    /// Else its bytes, as those of any file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub bytes: Option<String>,
    /// Why it was not read, or why nothing before it was where the newer version
    /// is of the same commit. Nobody knows what came before then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub failure: Option<String>,
}

/// One review of a change, submitted on the code host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewEvidence {
    /// The reviewer's login on the code host, or an e-mail address. Machines are no
    /// reviewers.
    pub reviewer: String,
    /// When it was submitted, RFC 3339 or `YYYY-MM-DD`.
    pub at: String,
    /// The paths that the change touches.
    pub paths: Vec<String>,
}

/// Where in a repository a service lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServicePlace {
    /// The service.
    pub entity_ref: String,
    /// The directory, without leading or trailing `/`; empty for the root.
    pub directory: String,
}

/// One file's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvidenceFile {
    /// The path in the repository.
    pub path: String,
    /// The text of a file that is UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub text: Option<String>,
    /// The bytes of any other file, each as the character with its number: the file
    /// read as ISO 8859-1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub bytes: Option<String>,
    /// Why neither is there: too large, unreadable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub failure: Option<String>,
}

impl EvidenceFile {
    /// A file with its content, or why it has none.
    pub fn new(path: String, content: Result<Vec<u8>, String>) -> Self {
        let (mut text, mut bytes, mut failure) = (None, None, None);
        match content.map(String::from_utf8) {
            Ok(Ok(read)) => text = Some(read),
            Ok(Err(other)) => {
                bytes = Some(other.as_bytes().iter().copied().map(char::from).collect());
            }
            Err(reason) => failure = Some(reason),
        }
        Self {
            path,
            text,
            bytes,
            failure,
        }
    }

    /// The path, and what stands in the file or why that is not known.
    pub fn into_parts(self) -> (String, Result<Vec<u8>, String>) {
        let content = match (self.text, self.bytes, self.failure) {
            (Some(text), ..) => Ok(text.into_bytes()),
            (None, Some(bytes), _) => bytes_of(&bytes),
            (None, None, Some(failure)) => Err(failure),
            (None, None, None) => Err("the source gave neither a text nor a reason".to_owned()),
        };
        (self.path, content)
    }
}

impl FileVersion {
    /// What the commit left, by the three fields that tell it, or why that is not known.
    pub fn content(
        text: Option<String>,
        bytes: Option<String>,
        failure: Option<String>,
    ) -> Result<Option<Vec<u8>>, String> {
        match (text, bytes, failure) {
            (.., Some(failure)) => Err(failure),
            (Some(text), ..) => Ok(Some(text.into_bytes())),
            (None, Some(bytes), _) => bytes_of(&bytes).map(Some),
            (None, None, None) => Ok(None),
        }
    }
}

/// The bytes that characters stand for by their numbers.
fn bytes_of(characters: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(characters.len());
    for character in characters.chars() {
        let Ok(byte) = u8::try_from(character) else {
            return Err("its `bytes` hold a character that stands for no byte".to_owned());
        };
        bytes.push(byte);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::EvidenceFile;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_file_keeps_its_bytes(content in prop_oneof![
            any::<Vec<u8>>(),
            any::<String>().prop_map(String::into_bytes),
        ]) {
            let file = EvidenceFile::new("a".to_owned(), Ok(content.clone()));
            prop_assert_eq!(file.text.is_some(), std::str::from_utf8(&content).is_ok());
            let json = serde_json::to_string(&file).unwrap_or_default();
            let file: EvidenceFile = serde_json::from_str(&json).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(file.into_parts(), ("a".to_owned(), Ok(content)));
        }
    }
}
