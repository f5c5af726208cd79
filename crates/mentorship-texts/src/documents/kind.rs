//! What a document is, by its path alone.

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

/// The kind of a Markdown file by folder and name; `None` for other files, and
/// for the indexes and templates of a folder of documents.
///
/// The folder nearest to the file decides: `adr/runbooks/x.md` is a runbook.
pub fn kind_of_path(path: &str) -> Option<DocumentKind> {
    let path = path.to_lowercase().replace('\\', "/");
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let stem = [".md", ".markdown", ".mdx"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))?;
    if is_about_documents(stem) {
        return None;
    }
    let by_folder = folders.rsplit('/').find_map(kind_of_folder);
    by_folder.or_else(|| kind_of_name(stem))
}

fn kind_of_folder(folder: &str) -> Option<DocumentKind> {
    match folder.replace(['_', ' '], "-").as_str() {
        "runbooks" | "runbook" | "run-books" | "playbooks" | "playbook" => {
            Some(DocumentKind::Runbook)
        }
        "adr"
        | "adrs"
        | "adl"
        | "decisions"
        | "decision-records"
        | "decision-log"
        | "architecture-decisions"
        | "architecture-decision-records" => Some(DocumentKind::DecisionRecord),
        "walkthroughs" | "walkthrough" | "recordings" => Some(DocumentKind::Walkthrough),
        _ => None,
    }
}

fn kind_of_name(stem: &str) -> Option<DocumentKind> {
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let numbered = stem.strip_prefix("adr").is_some_and(|rest| {
        rest.trim_start_matches(['-', '_'])
            .starts_with(|c: char| c.is_ascii_digit())
    });
    if numbered {
        Some(DocumentKind::DecisionRecord)
    } else if has(&["runbook", "runbooks"]) || words.last() == Some(&"playbook") {
        Some(DocumentKind::Runbook)
    } else if has(&["walkthrough", "walkthroughs"]) {
        Some(DocumentKind::Walkthrough)
    } else {
        None
    }
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
    let named = matches!(
        words,
        "readme"
            | "index"
            | "templates"
            | "process"
            | "contributing"
            | "toc"
            | "summary"
            | "log"
            | "guide"
            | "changelog"
            | "license"
    );
    !counted && (template || named || words.starts_with("template"))
}
