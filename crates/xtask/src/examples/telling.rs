//! Telling a story: chapters become commits, each with the files that it changes.

use std::collections::BTreeMap;
use std::path::Path;

use mentorship_core::civil_date::CivilDate;

use super::Error;
use super::branch::{Branch, Change, Draft, Tree};
use super::company::{Author, Company};
use super::message::{Trailers, made_up_message};
use super::sequence::Sequence;
use super::story::{Commit, Rhythm, Source, Story, Written};
use super::template::{Setting, Words};
use super::timeline::{Beat, Scene};

/// The branch that a repository's service is judged by.
pub(crate) const MAIN: &str = "main";

/// What a story comes to.
pub(crate) struct History {
    /// In the order in which they were made; a parent comes before its children.
    pub(crate) commits: Vec<Made>,
    /// The files that live on the main branch at the end.
    pub(crate) tree: Tree,
}

/// One commit, ready to be imported.
pub(crate) struct Made {
    pub(crate) branch: String,
    pub(crate) author: Author,
    /// Unix time of author and committer.
    pub(crate) seconds: i64,
    pub(crate) message: String,
    /// Indices into the history's commits, the first parent first.
    pub(crate) parents: Vec<usize>,
    pub(crate) changes: BTreeMap<String, Change>,
}

/// What a telling needs to know besides the story.
pub(crate) struct Stage<'a> {
    pub(crate) setting: &'a Setting<'a>,
    pub(crate) company: &'a Company,
    /// Templates of this repository.
    pub(crate) files: &'a Path,
    /// Templates of the company, named `company:…`.
    pub(crate) company_files: &'a Path,
}

impl Stage<'_> {
    /// Tells the story of the repository called `name`, whose file is `path`.
    pub(crate) fn tell(&self, name: &str, story: &Story, path: &Path) -> Result<History, Error> {
        let mut telling = Telling {
            stage: self,
            story,
            name,
            commits: Vec::new(),
            branches: BTreeMap::new(),
        };
        for scene in story.scenes(self.setting.anchor) {
            telling.play(&scene).map_err(|problem| Error::Story {
                path: path.to_owned(),
                problem: format!(
                    "chapter {} of the timeline, on {}: {problem}",
                    scene.chapter + 1,
                    scene.day
                ),
            })?;
        }
        let tree = telling.branches.remove(MAIN).unwrap_or_default().tree;
        Ok(History {
            commits: telling.commits,
            tree,
        })
    }
}

struct Telling<'a> {
    stage: &'a Stage<'a>,
    story: &'a Story,
    name: &'a str,
    commits: Vec<Made>,
    branches: BTreeMap<String, Branch>,
}

impl Telling<'_> {
    fn play(&mut self, scene: &Scene<'_>) -> Result<(), String> {
        if scene.day >= self.stage.setting.anchor {
            return Err("the day has not passed yet: the last day to tell of is -1d".into());
        }
        match &scene.beat {
            Beat::Commit(commit) => self.commit(commit, scene),
            Beat::Rhythm {
                rhythm,
                step,
                beats,
            } => self.beat(rhythm, *step, *beats, scene),
        }
    }

    fn commit(&mut self, commit: &Commit, scene: &Scene<'_>) -> Result<(), String> {
        let branch = commit.branch.as_deref().unwrap_or(MAIN);
        let mut draft = self.draft_on(branch, scene);
        let mut merged = None;
        if let Some(side) = &commit.merge {
            let side = self
                .branches
                .get(side)
                .ok_or_else(|| format!("there is no branch `{side}` to merge"))?;
            merged = side.tip;
            draft.merge(side);
        }
        for (from, to) in &commit.rename {
            draft.rename(from, to)?;
        }
        for written in &commit.write {
            for (path, text) in self.texts(written)? {
                draft.write(path, text);
            }
        }
        for path in &commit.grow {
            draft.grow(path)?;
        }
        for place in &commit.touch {
            for path in draft.touchable(place)? {
                draft.touch(&path);
            }
        }
        for (path, edits) in &commit.edit {
            for (find, put) in edits {
                let put = self.fill(put, &Words::new())?;
                let find = self.fill(find, &Words::new())?;
                draft.edit(path, &find, &put)?;
            }
        }
        for place in &commit.delete {
            for path in draft.living(place)? {
                draft.delete(path);
            }
        }
        let trailers = Trailers {
            with: commit.with.iter().map(String::as_str).collect(),
            reviewers: commit.reviewers.iter().map(String::as_str).collect(),
        };
        self.record(draft, &commit.by, &commit.message, &trailers, merged)
    }

    fn beat(
        &mut self,
        rhythm: &Rhythm,
        step: usize,
        beats: usize,
        scene: &Scene<'_>,
    ) -> Result<(), String> {
        let mut draft = self.draft_on(MAIN, scene);
        draft.sequence = Sequence::named(&format!("{}/{}/{step}", self.name, scene.chapter));
        let mut touched = String::new();
        let mut candidates = Vec::new();
        for place in &rhythm.touch.0 {
            candidates.extend(draft.touchable(place)?);
        }
        for _ in 0..rhythm.files.min(candidates.len()) {
            let index = draft.sequence.below(candidates.len());
            touched = candidates.swap_remove(index);
            draft.touch(&touched);
        }
        for path in rhythm.begun_at(step, beats) {
            draft.grow(path)?;
            path.clone_into(&mut touched);
        }
        let author = rhythm.by.turn(step).ok_or("`by` names nobody")?;
        let message = match rhythm.messages.turn(step) {
            Some(message) => message.to_owned(),
            None => made_up_message(&touched, &mut draft.sequence),
        };
        let trailers = Trailers {
            with: rhythm.with.iter().map(String::as_str).collect(),
            reviewers: rhythm.reviewer(author, step).into_iter().collect(),
        };
        self.record(draft, author, &message, &trailers, None)
    }

    /// The branch as it stands, forked from the main one where it is new.
    fn draft_on(&self, branch: &str, scene: &Scene<'_>) -> Draft {
        let start = self.branches.get(branch).cloned().unwrap_or_else(|| {
            let main = self.branches.get(MAIN).cloned().unwrap_or_default();
            Branch {
                since_fork: BTreeMap::new(),
                ..main
            }
        });
        Draft {
            name: branch.to_owned(),
            day: scene.day,
            branch: start,
            changes: BTreeMap::new(),
            sequence: Sequence::named(&format!("{}/{}", self.name, scene.chapter)),
        }
    }

    fn record(
        &mut self,
        mut draft: Draft,
        author: &str,
        message: &str,
        trailers: &Trailers<'_>,
        merged: Option<usize>,
    ) -> Result<(), String> {
        if draft.changes.is_empty() && merged.is_none() {
            return Err("the commit changes no file".into());
        }
        let author = self.stage.company.author(author)?.clone();
        if trailers
            .with
            .iter()
            .any(|name| self.stage.company.author(name) == Ok(&author))
        {
            return Err(format!("`{}` is author and co-author", author.name));
        }
        let message = trailers.below(&self.fill(message, &Words::new())?, self.stage.company)?;
        let seconds = self.next_second(draft.day);
        let index = self.commits.len();
        self.commits.push(Made {
            branch: draft.name.clone(),
            author,
            seconds,
            message,
            parents: draft.branch.tip.into_iter().chain(merged).collect(),
            changes: draft.changes.clone(),
        });
        draft.branch.tip = Some(index);
        if draft.name != MAIN {
            draft.branch.since_fork.append(&mut draft.changes);
        }
        self.branches.insert(draft.name, draft.branch);
        Ok(())
    }

    /// A working hour of the day, after every earlier commit.
    fn next_second(&self, day: CivilDate) -> i64 {
        const EIGHT_O_CLOCK: i64 = 8 * 3_600;
        let mut minutes = Sequence::named(&format!("{}@{}", self.name, self.commits.len()));
        let mut pause = |most: usize| i64::try_from(minutes.below(most)).unwrap_or_default();
        let begin = day.unix_seconds() + EIGHT_O_CLOCK;
        match self.commits.last().map(|made| made.seconds) {
            Some(last) if last >= begin => last + 60 + pause(40 * 60),
            _ => begin + pause(4 * 3_600),
        }
    }

    fn texts(&self, written: &Written) -> Result<Vec<(String, String)>, String> {
        let none = Words::new();
        match written {
            Written::AsNamed(path) => Ok(vec![(path.clone(), self.text_of(path, &none)?)]),
            Written::From(sources) => sources
                .iter()
                .map(|(path, source)| {
                    let text = match source {
                        Source::Template(template) => self.text_of(template, &none)?,
                        Source::Filled(words) => {
                            let template = words
                                .get("from")
                                .ok_or_else(|| format!("`{path}` names no template in `from`"))?;
                            self.text_of(template, words)?
                        }
                    };
                    Ok((path.clone(), text))
                })
                .collect(),
        }
    }

    fn text_of(&self, template: &str, words: &Words) -> Result<String, String> {
        let path = match template.strip_prefix("company:") {
            Some(shared) => self.stage.company_files.join(shared),
            None => self.stage.files.join(template),
        };
        let text = super::read(&path).map_err(|error| error.to_string())?;
        self.fill(&text, words)
            .map_err(|problem| format!("template `{template}`: {problem}"))
    }

    fn fill(&self, text: &str, words: &Words) -> Result<String, String> {
        let mut known = self.story.words.clone();
        for (name, word) in words {
            known.insert(
                name.clone(),
                self.stage.setting.fill(word, &self.story.words)?,
            );
        }
        self.stage.setting.fill(text, &known)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tell(timeline: &str) -> Result<History, Error> {
        let folder = tempfile::tempdir().unwrap();
        let user = "kind: User\nmetadata: { name: alice }\nspec: { profile: { displayName: Alice, email: a@x } }";
        let (users, authors) = (folder.path().join("people"), folder.path().join("authors"));
        std::fs::write(&users, user).unwrap();
        std::fs::write(&authors, "ben: Ben <b@x>").unwrap();
        std::fs::write(folder.path().join("PLAN.md"), "since {{-9d}}\n").unwrap();
        let setting = Setting {
            anchor: CivilDate::new(2026, 11, 21).unwrap(),
            repositories: folder.path(),
        };
        let stage = Stage {
            setting: &setting,
            company: &Company::read(&users, &authors).unwrap(),
            files: folder.path(),
            company_files: folder.path(),
        };
        let path = Path::new("story.yaml");
        let story = Story::parse(&format!("tells: x\ntimeline:\n{timeline}"), path)?;
        stage.tell("it", &story, path)
    }

    #[test]
    fn a_side_branch_is_merged_with_all_that_it_changed() {
        let history = tell(
            "- { on: -9d, by: alice, message: Begin, grow: [src/a.py, src/b.py] }
- { on: -8d, by: ben, branch: side, message: Aside, rename: { src/a.py: src/c.py } }
- { on: -7d, by: alice, message: Meanwhile, touch: [src/b.py] }
- { on: -6d, by: alice, message: Merge, merge: side }
- { on: -5d, by: ben, with: [alice], message: On, touch: [src] }",
        )
        .unwrap();
        let parents: Vec<_> = history.commits.iter().map(|made| &*made.parents).collect();
        assert_eq!(parents, [&[][..], &[0], &[0], &[2, 1], &[3]]);
        let files: Vec<_> = history.tree.keys().map(String::as_str).collect();
        assert_eq!(files, ["src/b.py", "src/c.py"]);
        let last = history.commits.last().unwrap();
        assert_eq!(last.message, "On\n\nCo-authored-by: Alice <a@x>\n");
        assert_eq!(last.changes.len(), 2);
    }

    #[test]
    fn a_rhythm_takes_turns_and_leaves_written_texts_alone() {
        let history = tell(
            "- { on: -30d, by: alice, message: Begin, write: [src/PLAN.md: PLAN.md], grow: [src/a.py] }
- { from: -20d, to: -10d, every: 5d, by: [alice, ben], reviewers: [ben], touch: src, grow: [src/b.py] }",
        )
        .unwrap();
        assert_eq!(&*history.tree["src/PLAN.md"], "since 2026-11-12\n");
        let rhythm = &history.commits[1..];
        let authors: Vec<_> = rhythm.iter().map(|made| &*made.author.name).collect();
        assert_eq!(authors, ["Alice", "Ben", "Alice"]);
        let reviewed: Vec<_> = rhythm
            .iter()
            .map(|made| made.message.contains("Reviewed-by: Ben"))
            .collect();
        assert_eq!(
            reviewed,
            [true, false, true],
            "nobody reviews their own work"
        );
        assert!(
            rhythm[1..]
                .iter()
                .all(|made| !made.changes.contains_key("src/PLAN.md"))
        );
    }

    #[test]
    fn what_cannot_have_happened_is_refused_where_it_is_told() {
        let begin = "- { on: -9d, by: alice, message: Begin, grow: [a.py] }\n- ";
        for (chapter, problem) in [
            (
                "{ on: -0d, by: alice, message: Now, touch: [a.py] }",
                "not passed",
            ),
            (
                "{ on: -1d, by: cleo, message: Who, touch: [a.py] }",
                "nobody is called `cleo`",
            ),
            (
                "{ on: -1d, by: alice, message: Where, touch: [b.py] }",
                "nothing lives at `b.py`",
            ),
            (
                "{ on: -1d, by: alice, message: Again, grow: [a.py] }",
                "already there",
            ),
            (
                "{ on: -1d, by: alice, message: What, write: [b.md] }",
                "cannot read",
            ),
            (
                "{ on: -1d, by: alice, message: Nothing }",
                "changes no file",
            ),
            (
                "{ on: -1d, by: alice, message: Merge, merge: side }",
                "no branch `side`",
            ),
            (
                "{ on: -1d, by: alice, with: [alice], message: Me, touch: [a.py] }",
                "co-author",
            ),
            (
                "{ on: -1d, by: alice, message: Edit, edit: { a.py: { zz: y } } }",
                "0 times",
            ),
        ] {
            let error = tell(&format!("{begin}{chapter}"))
                .err()
                .unwrap()
                .to_string();
            assert!(error.contains("chapter 2"), "{error}");
            assert!(error.contains(problem), "{error}");
        }
    }
}
