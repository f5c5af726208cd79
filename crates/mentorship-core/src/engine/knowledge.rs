//! Who knows which directory of a service, small enough for a page.

use super::{Engine, Place, Refused};
use crate::evidence::Collected;
use crate::facts::Committers;
use crate::knowledge::TreeLimits;
use crate::wire::v1::{self, Audience};

/// Levels of directories in one answer at most.
const DEEPEST: u32 = 6;

impl Engine {
    /// The directories below `path`, `depth` levels of them (1 to 6), with who holds
    /// them. `path` is a path in the repository, within the service's directory; the
    /// empty path is that directory. `None` where there is no such service.
    ///
    /// # Errors
    /// Where the path leads out of the service's directory, which other readers may
    /// see and this one perhaps not.
    pub fn knowledge(
        &mut self,
        entity_ref: &str,
        path: &str,
        depth: u32,
        audience: Audience,
    ) -> Result<Option<v1::Knowledge>, Refused> {
        self.prepare();
        let entity_ref = entity_ref.to_lowercase();
        if self.services.find(&entity_ref).is_none() {
            return Ok(None);
        }
        let limits = TreeLimits {
            depth: depth.clamp(1, DEEPEST),
            ..TreeLimits::default()
        };
        let Some(place) = self.places.get(&entity_ref) else {
            let nothing = Collected::NotCollected;
            return Ok(Some(v1::render::knowledge(
                &entity_ref,
                &nothing,
                &[],
                audience,
            )));
        };
        let directory = within(place, path)?;
        let nobody = Committers::default();
        let committers = self.committers_of(&place.repository).unwrap_or(&nobody);
        let tree = match self.repositories.get(&place.repository) {
            Some(repository) => repository
                .history()
                .map(|history| history.tree(&directory, &limits, committers.left())),
            None => Collected::NotCollected,
        };
        Ok(Some(v1::render::knowledge(
            &entity_ref,
            &tree,
            committers.people(),
            audience,
        )))
    }

    fn committers_of(&self, repository: &str) -> Option<&Committers> {
        let committers = &self.prepared.as_ref()?.committers;
        committers.get(repository).map(Box::as_ref)
    }
}

/// The directory that is asked for, without a closing slash.
fn within(place: &Place, path: &str) -> Result<String, Refused> {
    let path = path.trim_matches('/');
    let own = place.directory.trim_matches('/');
    if path.is_empty() {
        return Ok(own.to_owned());
    }
    let below = path.strip_prefix(own);
    let inside =
        below.is_some_and(|rest| own.is_empty() || rest.is_empty() || rest.starts_with('/'));
    let climbs = path.split('/').any(|segment| segment == "..");
    if inside && !climbs {
        return Ok(path.to_owned());
    }
    Err(Refused(format!(
        "`{path}` is outside of the service's directory `{own}`; ask for a path below it"
    )))
}
