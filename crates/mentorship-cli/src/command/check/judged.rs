//! One revision of a repository, judged: what is declared there, the evidence of
//! its tree and history, and the assessments.

use std::collections::BTreeMap;
use std::path::Path;

use mentorship_core::engine::{Engine, Refused};
use mentorship_core::wire::v1::render::catalogue;
use mentorship_core::wire::v1::{Assessment, Audience, Level};
use serde_json::Value;

use crate::catalog::Declared;
use crate::evidence::Reading;
use crate::exit::Failure;
use crate::git::{GitError, GitRepository};
use crate::policy::engine;
use crate::show::sarif::{self, Places};
use crate::stderr::Stderr;

/// What is judged, and how.
#[derive(Debug)]
pub struct Question<'a> {
    /// The repository at a revision.
    pub repository: GitRepository,
    /// The folder in it whose services count.
    pub directory: &'a str,
    /// The policy's file.
    pub policy: Option<&'a Path>,
    /// The day.
    pub as_of: &'a str,
    /// The commit from which on there is a change to judge.
    pub since: Option<&'a str>,
}

/// The services of a revision.
pub struct Judged {
    /// What the assessments came out of.
    pub engine: Engine,
    /// By ref.
    pub assessments: Vec<Assessment>,
    /// Where findings can be shown.
    pub places: Places,
}

impl Question<'_> {
    /// The same at a commit.
    pub fn at(&self, commit: &str) -> Self {
        Self {
            repository: self.repository.at(commit),
            ..*self
        }
    }

    /// The same with what changed since a commit.
    pub fn with_change_since<'b>(&'b self, commit: &'b str) -> Question<'b> {
        Question {
            repository: self.repository.clone(),
            since: Some(commit),
            ..*self
        }
    }

    /// Judges the services around the folder.
    pub fn judge(&self, stderr: &Stderr) -> Result<Judged, Failure> {
        let mut engine = engine(self.policy)?;
        let scout = crate::policy::engine(self.policy)?;
        let mut declared = Declared::at_head(&self.repository, self.directory, scout, stderr)
            .map_err(Failure::Nothing)?;
        declared.keep_those_around(self.directory, &self.repository, stderr);
        for entity in declared.entities() {
            // What is wrong with it was told where it was read.
            engine.upsert_page(&entity.page()).map_err(defect)?;
        }
        let places = Places {
            // What cannot be listed is told where the evidence is read.
            paths: self.repository.paths(),
            declared: declared.lines(),
            texts: BTreeMap::new(),
        };
        let reading = Reading {
            key: self.repository.key(),
            repository: Ok(self.repository.clone()),
            services: declared.places(),
            since: self.since.map(str::to_owned),
        };
        reading.feed(&mut engine, stderr).map_err(defect)?;

        let mut assessments = assessments(&mut engine, self.as_of)?;
        if enrol_those_who_do_not_say(&mut engine, &mut declared, &assessments, stderr)? {
            assessments = self::assessments(&mut engine, self.as_of)?;
        }
        Ok(Judged {
            engine,
            assessments,
            places,
        })
    }
}

impl Judged {
    /// The findings as a SARIF log, at the lines of the revision that was judged.
    pub fn sarif(&mut self, repository: &GitRepository) -> Value {
        let files = sarif::files(&self.assessments, &self.places);
        // A file that cannot be read is told where the evidence is read.
        self.places.texts = texts(repository, &Vec::from_iter(files)).unwrap_or_default();
        let catalogue = catalogue(self.engine.policy());
        sarif::log(&self.assessments, &catalogue, &self.places)
    }
}

/// The texts of files at the head, by path.
fn texts(
    repository: &GitRepository,
    paths: &[String],
) -> Result<BTreeMap<String, String>, GitError> {
    let Some(head) = repository.head()? else {
        return Ok(BTreeMap::new());
    };
    let files = repository.files(&repository.tree(&head)?, paths)?;
    let texts = files.into_iter();
    Ok(texts
        .filter_map(|file| Some((file.path, file.text?)))
        .collect())
}

fn assessments(engine: &mut Engine, as_of: &str) -> Result<Vec<Assessment>, Failure> {
    let services = engine
        .locations()
        .into_iter()
        .map(|service| service.entity_ref);
    let mut assessments = Vec::new();
    for entity_ref in services.collect::<Vec<_>>() {
        assessments.extend(
            engine
                .assessment(&entity_ref, as_of, Audience::Named)
                .map_err(defect)?,
        );
    }
    Ok(assessments)
}

/// Whoever checks a repository wants to hear about it, in the program or not.
/// Answers whether anything changed.
fn enrol_those_who_do_not_say(
    engine: &mut Engine,
    declared: &mut Declared,
    assessments: &[Assessment],
    stderr: &Stderr,
) -> Result<bool, Failure> {
    let mut enrolled = Vec::new();
    for assessment in assessments
        .iter()
        .filter(|assessment| assessment.level == Level::NotEnrolled)
    {
        let entity_ref = &assessment.entity.entity_ref;
        let Some(service) = declared.services.get_mut(entity_ref) else {
            continue;
        };
        if !service.entity.says_whether_enrolled() {
            service.entity.enrol();
            engine.upsert_page(&service.entity.page()).map_err(defect)?;
            enrolled.push(entity_ref);
        }
    }
    match enrolled.as_slice() {
        [] => {}
        [one] => stderr.tell(one, "not in the program so far; judged as if it were"),
        [first, more @ ..] => stderr.tell(
            first,
            format!(
                "not in the program so far, nor {} more; judged as if they were",
                match more.len() {
                    1 => "is one".to_owned(),
                    count => format!("are {count}"),
                }
            ),
        ),
    }
    Ok(!enrolled.is_empty())
}

/// The engine refused what it was fed, which is not the person's doing.
fn defect(refused: Refused) -> Failure {
    Failure::Nothing(refused.to_string())
}
