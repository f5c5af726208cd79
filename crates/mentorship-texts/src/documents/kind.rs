//! What a document is, by its path alone.

use super::markup::ENDINGS;
use super::text::is_one_of;

/// Kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// Steps for operating the service.
    Runbook,
    /// Why something is as it is.
    DecisionRecord,
    /// Recordings, linked or listed.
    Walkthrough,
}

/// The kind of a document by folder and name; `None` for other files, and
/// for the indexes and templates of a folder of documents.
///
/// The folder nearest to the file decides: `adr/runbooks/x.md` is a runbook. What is
/// there to be copied from, and what others wrote, is no document of this repository.
pub fn kind_of_path(path: &str) -> Option<DocumentKind> {
    // Pages that a site generator fills in end with `.html.md.erb`.
    let path = path.strip_suffix(".erb").unwrap_or(path);
    // Most paths of a repository are code, and need no further look.
    let ending = path.get(path.rfind('.')?..)?;
    if !ENDINGS
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
    {
        return None;
    }
    let path = path.to_lowercase().replace('\\', "/");
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let stem = name.get(..name.len().checked_sub(ending.len())?)?;
    let stem = stem.strip_suffix(".html").unwrap_or(stem);
    let stem = if has_own_folder(folders, stem) {
        folder_name(folders)
    } else {
        stem
    };
    const NOT_OURS: &str = "template|templates|_templates|skeleton|skeletons|vendor|node_modules|\
        third_party|testdata|fixtures";
    let not_ours = |folder| is_one_of(folder, NOT_OURS);
    if is_about_documents(stem) || folders.split('/').any(not_ours) {
        return None;
    }
    let by_folder = folders.rsplit('/').find_map(kind_of_folder);
    by_folder.or_else(|| kind_of_name(folders, stem))
}

/// The name that a document goes by: its file's, or its folder's where it has one of its own.
pub(super) fn name_of_document(path: &str) -> &str {
    let (folders, name) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
    let stem = name.split('.').next().unwrap_or_default();
    if has_own_folder(folders, stem) {
        folder_name(folders)
    } else {
        name
    }
}

/// `0012-use-rust/README.md` is what its folder is named after.
fn has_own_folder(folders: &str, stem: &str) -> bool {
    let folder = folder_name(folders);
    let bare = folder.trim_start_matches(['a', 'd', 'r', 'A', 'D', 'R', '-', '_']);
    let numbered = bare.len() > 4 && bare.bytes().take(3).all(|byte| byte.is_ascii_digit());
    numbered && (stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index"))
}

fn folder_name(folders: &str) -> &str {
    folders.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// The kind of document that a folder of this name holds.
pub fn kind_of_folder(folder: &str) -> Option<DocumentKind> {
    const FOLDERS: [(DocumentKind, &str); 3] = [
        (
            DocumentKind::Runbook,
            "runbooks|runbook|run-books|playbooks|playbook",
        ),
        (
            DocumentKind::DecisionRecord,
            "adr|adrs|adl|decisions|decision-record|decision-records|decision-log|\
        design-decisions|technical-decisions|architecture-decisions|\
        architecture-decision-record|architecture-decision-records|\
        architectural-decisions|architectural-decision-records",
        ),
        (
            DocumentKind::Walkthrough,
            "walkthroughs|walkthrough|recordings",
        ),
    ];
    let folder = folder.to_lowercase().replace(['_', ' '], "-");
    let known = FOLDERS.iter().find(|(_, names)| is_one_of(&folder, names));
    known.map(|(kind, _)| *kind)
}

/// Whether a file is where people look first and find links: a README anywhere,
/// or the index of a `docs` folder.
pub fn is_index(path: &str) -> bool {
    let (folders, stem) = folder_and_stem(path);
    let folder = folders.rsplit('/').next().unwrap_or_default();
    match stem.to_ascii_lowercase().as_str() {
        "readme" => true,
        "index" => matches!(folder, "docs" | "doc" | "documentation"),
        _ => false,
    }
}

/// Whether a README may be a runbook: one in a folder of its own where runbooks are.
/// What stands in it decides, as it may as well be an index.
pub fn may_be_runbook(path: &str) -> bool {
    let folders = folder_and_stem(path).0;
    let plural = |folder: &str| folder.ends_with(['s', 'S']);
    let mut around = folders.rsplit('/');
    let is_runbooks = |folder| kind_of_folder(folder) == Some(DocumentKind::Runbook);
    let own = around
        .next()
        .filter(|own| !is_runbooks(own) || !plural(own));
    is_index(path) && own.is_some_and(|own| is_runbooks(own) || around.any(is_runbooks))
}

/// Whether a file lists maintainers: `MAINTAINERS`, with or without an ending, of YAML too;
/// or `OWNERS.md`, as `OWNERS` without an ending is prow's.
pub fn lists_maintainers(path: &str) -> bool {
    let (_, stem) = folder_and_stem(without_yaml(path).unwrap_or(path));
    stem.eq_ignore_ascii_case("maintainers") || stem == "OWNERS" && path.ends_with(".md")
}

/// The path of a YAML file without its ending.
pub(super) fn without_yaml(path: &str) -> Option<&str> {
    path.strip_suffix(".yaml")
        .or_else(|| path.strip_suffix(".yml"))
}

/// Without the ending of a text; a file with any other ending has no stem.
fn folder_and_stem(path: &str) -> (&str, &str) {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = match name.rsplit_once('.') {
        Some((stem, ending))
            if ["md", "markdown", "mdx", "txt", "rst", "adoc"].contains(&ending) =>
        {
            stem
        }
        Some(_) => "",
        None => name,
    };
    (folders, stem)
}

fn kind_of_name(folders: &str, stem: &str) -> Option<DocumentKind> {
    let mut words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).collect();
    // `key-rotation-runbook-2026` and `deploy-runbook-v2` have an edition.
    let edition = |word: &&str| {
        let digits = word.trim_start_matches('v');
        digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    while words.len() > 1 && words.last().is_some_and(edition) {
        words.pop();
    }
    let numbered = stem.strip_prefix("adr").is_some_and(|rest| {
        rest.trim_start_matches(['-', '_'])
            .starts_with(|c: char| c.is_ascii_digit())
    });
    if numbered {
        return Some(DocumentKind::DecisionRecord);
    }
    let kind_of_word = |word: Option<&&str>| match word {
        Some(&("runbook" | "runbooks" | "playbook")) => Some(DocumentKind::Runbook),
        Some(&("walkthrough" | "walkthroughs")) => Some(DocumentKind::Walkthrough),
        _ => None,
    };
    // `redis-runbook.md` is one wherever it stands; `runbook-redis.md` is one where
    // runbooks are, and elsewhere about them, as `no-runbook.md` is.
    // `managing-the-playbook.md` is about one that stands elsewhere.
    let about = "no|without|missing|add|adding|write|writing|create|creating";
    let denied = words.first().is_some_and(|word| is_one_of(word, about))
        || matches!(
            words.iter().nth_back(1),
            Some(&("the" | "a" | "our" | "your"))
        );
    let last = kind_of_word(words.last()).filter(|_| !denied);
    let first = || kind_of_word(words.first());
    last.or_else(|| matches!(folders, "" | "docs" | "doc").then(first).flatten())
}

/// Indexes, templates and rules of procedure, with or without the number 0.
fn is_about_documents(stem: &str) -> bool {
    let bare = stem
        .trim_start_matches("adr")
        .trim_start_matches(['-', '_']);
    let words = bare.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_'));
    let number = bare.get(..bare.len() - words.len()).unwrap_or_default();
    // `0002-use-a-template` decides about templates; `0000-template` is one.
    let counted = number.contains(|c: char| ('1'..='9').contains(&c));
    let template =
        words == "template" || words.ends_with("-template") || words.ends_with("_template");
    let named = is_one_of(
        words,
        "readme|agents|claude|skill|index|templates|process|contributing|toc|summary|log|guide|changelog|\
        license",
    );
    !counted && (template || named || words.starts_with("template"))
}
