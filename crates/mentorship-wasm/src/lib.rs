//! WebAssembly bindings of the mentorship core: the engine handle and the
//! catalogue of rules. No logic.
//!
//! Bytes go in as they were fetched; results come out as JSON bytes and typed
//! arrays, so that JavaScript neither parses a catalog page nor formats a
//! result. What can be expected to go wrong is an `Error` with a message for
//! people; only a defect traps.

use mentorship_core::engine;
use mentorship_core::policy::Policy;
use mentorship_core::wire::{csv, v1};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type { HistoryOutcome, Judgement, Note, OperationsOutcome, PageOutcome, RestoredHistory, RuleCatalogue, ServiceLocation, WhatIfQuestion } from 'backstage-plugin-mentorship-common';";

/// The evidence of a catalog under one policy, kept in the module's memory
/// until it is freed.
#[wasm_bindgen]
pub struct Engine(engine::Engine);

#[wasm_bindgen]
impl Engine {
    /// An engine without evidence. `policy` is JSON text, `{}` for the
    /// defaults; a setting that is unknown or out of range throws with its path.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &str) -> Result<Engine, JsError> {
        Ok(Self(engine::Engine::new(policy)?))
    }

    /// Puts another policy in force; the evidence stays. Throws where it is none, or
    /// differs in a setting by which evidence was taken in: that takes a new engine.
    #[wasm_bindgen(js_name = setPolicy)]
    pub fn set_policy(&mut self, policy: &str) -> Result<(), JsError> {
        Ok(self.0.set_policy(policy)?)
    }

    /// Takes a catalog page: the bytes exactly as `entities/by-query` sent them.
    /// Throws where they are no page; an entity that cannot be read is told in
    /// `errors` and stops nothing.
    #[wasm_bindgen(js_name = upsertPage, unchecked_return_type = "PageOutcome")]
    pub fn upsert_page(&mut self, page: &[u8]) -> Result<JsValue, JsError> {
        to_js(&self.0.upsert_page(page)?)
    }

    /// How many services there are.
    #[wasm_bindgen(js_name = serviceCount)]
    pub fn service_count(&self) -> usize {
        self.0.service_count()
    }

    /// Where each service of a slice says that its source is, in the order of
    /// refs; all at once would keep the caller waiting for long.
    #[wasm_bindgen(unchecked_return_type = "ServiceLocation[]")]
    pub fn locations(&self, start: usize, count: usize) -> Result<JsValue, JsError> {
        to_js(&self.0.locations_from(start, count))
    }

    /// The paths whose text the judgement wants. `listing` is what
    /// `git ls-tree -r -z --name-only` prints.
    #[wasm_bindgen(js_name = wantedPaths)]
    pub fn wanted_paths(&self, listing: &[u8]) -> Vec<String> {
        self.0.wanted_paths(listing)
    }

    /// The paths of which earlier versions are wanted, for `versions` of
    /// `RepositoryEvidence`, out of the same listing.
    #[wasm_bindgen(js_name = wantedVersions)]
    pub fn wanted_versions(&self, listing: &[u8]) -> Vec<String> {
        self.0.wanted_versions(listing)
    }

    /// Takes what a source found in a repository: JSON bytes of
    /// `RepositoryEvidence`. Answers with what its reader should know.
    #[wasm_bindgen(js_name = putRepository, unchecked_return_type = "Note[]")]
    pub fn put_repository(&mut self, evidence: &[u8]) -> Result<JsValue, JsError> {
        to_js(&self.0.put_repository(evidence)?)
    }

    /// Takes what happened in operation: JSON bytes of `PushedEvidence`. Throws where
    /// they are none; a record that cannot be read is told in `notes` and stops
    /// nothing.
    #[wasm_bindgen(js_name = putPushed, unchecked_return_type = "OperationsOutcome")]
    pub fn put_pushed(&mut self, evidence: &[u8]) -> Result<JsValue, JsError> {
        to_js(&self.0.put_pushed(evidence)?)
    }

    /// The ids of the services at PagerDuty that the catalog names, in order.
    #[wasm_bindgen(js_name = pagerdutyServices)]
    pub fn pagerduty_services(&self) -> Vec<String> {
        self.0.pagerduty_services()
    }

    /// Takes a page of PagerDuty's REST API, version 2, as it was sent: incidents,
    /// log entries, on-calls, services or users, in any order. `nextOffset` says
    /// whether another one follows.
    #[wasm_bindgen(js_name = pushPagerduty, unchecked_return_type = "OperationsOutcome")]
    pub fn push_pagerduty(&mut self, page: &[u8]) -> Result<JsValue, JsError> {
        to_js(&self.0.push_pagerduty(page)?)
    }

    /// Ends PagerDuty's pages: JSON bytes of `PagerDutyAsked`. Only now they count.
    #[wasm_bindgen(js_name = finishPagerduty, unchecked_return_type = "OperationsOutcome")]
    pub fn finish_pagerduty(&mut self, asked: &[u8]) -> Result<JsValue, JsError> {
        to_js(&self.0.finish_pagerduty(asked)?)
    }

    /// Begins a repository's history with what `storeHistory` gave on the same
    /// basis: any text that changes with mailmap and options of git. Where it is
    /// restored, only what came after `tip` is to be pushed, else everything.
    #[wasm_bindgen(js_name = restoreHistory, unchecked_return_type = "RestoredHistory")]
    pub fn restore_history(
        &mut self,
        repository: &str,
        stored: &[u8],
        basis: &str,
    ) -> Result<JsValue, JsError> {
        to_js(&self.0.restore_history(repository, stored, basis)?)
    }

    /// Takes the next bytes of a repository's `git log` stream.
    #[wasm_bindgen(js_name = pushHistory)]
    pub fn push_history(&mut self, repository: &str, chunk: &[u8]) -> Result<(), JsError> {
        Ok(self.0.push_history(repository, chunk)?)
    }

    /// Ends a repository's history; `failure` says why the stream was cut.
    /// Answers with what became of it.
    #[wasm_bindgen(js_name = finishHistory, unchecked_return_type = "HistoryOutcome")]
    pub fn finish_history(
        &mut self,
        repository: &str,
        failure: Option<String>,
    ) -> Result<JsValue, JsError> {
        to_js(&self.0.finish_history(repository, failure)?)
    }

    /// A finished history as bytes, so that the next run reads only what is new;
    /// `undefined` where none is good.
    #[wasm_bindgen(js_name = storeHistory)]
    pub fn store_history(
        &mut self,
        repository: &str,
        basis: &str,
    ) -> Result<Option<Vec<u8>>, JsError> {
        Ok(self.0.store_history(repository, basis)?)
    }

    /// Results of a slice of the services, in the order of their refs: texts beside
    /// one another, which `unpackResults` finds.
    pub fn results(&mut self, as_of: &str, start: usize, count: usize) -> Result<Vec<u8>, JsError> {
        Ok(self.0.packed_results(as_of, start, count)?)
    }

    /// What every service loses when people leave, the worst first: JSON bytes
    /// of `WhatIf`. Throws where the question may not be asked so.
    #[wasm_bindgen(js_name = whatIf)]
    pub fn what_if(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "WhatIfQuestion")] question: JsValue,
    ) -> Result<Vec<u8>, JsError> {
        let answer = self.0.what_if(&serde_wasm_bindgen::from_value(question)?)?;
        Ok(serde_json::to_vec(&answer)?)
    }

    /// What [`Self::what_if`] says as CSV bytes, one line a service, with the header.
    /// Throws where the question may not be asked so.
    #[wasm_bindgen(js_name = whatIfCsv)]
    pub fn what_if_csv(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "WhatIfQuestion")] question: JsValue,
    ) -> Result<Vec<u8>, JsError> {
        let answer = self.0.what_if(&serde_wasm_bindgen::from_value(question)?)?;
        Ok(csv::what_if(&answer).into_bytes())
    }

    /// Who knows which directory of a service, `depth` levels below `path`: JSON bytes
    /// of `Knowledge`; `undefined` where there is no such service. Throws where the
    /// path leads out of the service's directory.
    pub fn knowledge(
        &mut self,
        service: &str,
        path: &str,
        depth: u32,
        named: bool,
    ) -> Result<Option<Vec<u8>>, JsError> {
        let answer = self.0.knowledge(service, path, depth, audience(named))?;
        Ok(answer.as_ref().map(serde_json::to_vec).transpose()?)
    }

    /// The program as of a day: measures, shares by level, rotations due, rollout,
    /// risk queue, proposal: JSON bytes of `Program`. `decided` is JSON bytes of
    /// `ProgramDecided`. After `results` of the same day it costs a sum.
    pub fn program(&mut self, as_of: &str, decided: &[u8]) -> Result<Vec<u8>, JsError> {
        Ok(serde_json::to_vec(&self.0.program(as_of, decided)?)?)
    }

    /// Results of all services as typed arrays, aligned with the order of the
    /// refs: the cheap answer to a new day.
    pub fn columns(&mut self, as_of: &str) -> Result<Columns, JsError> {
        Ok(Columns(self.0.columns(as_of)?))
    }
}

fn audience(named: bool) -> v1::Audience {
    match named {
        true => v1::Audience::Named,
        false => v1::Audience::Counted,
    }
}

/// The judgement on all services: one entry a service, in the order of the refs.
#[wasm_bindgen]
pub struct Columns(engine::Columns);

#[wasm_bindgen]
impl Columns {
    /// Which of `judgements` each service has.
    #[wasm_bindgen(getter)]
    pub fn judgement(&self) -> js_sys::Uint32Array {
        js_sys::Uint32Array::from(self.0.judgement.as_slice())
    }

    /// Days since the steward took over; -1 where that is unknown.
    #[wasm_bindgen(getter, js_name = stewardAgeDays)]
    pub fn steward_age_days(&self) -> js_sys::Int32Array {
        js_sys::Int32Array::from(self.0.steward_age_days.as_slice())
    }

    /// What services have that stand alike, each once.
    #[wasm_bindgen(getter, unchecked_return_type = "Judgement[]")]
    pub fn judgements(&self) -> Result<JsValue, JsError> {
        to_js(&self.0.judgements())
    }
}

/// The header line of the CSV export, with its line end.
#[wasm_bindgen(js_name = csvHeader)]
pub fn csv_header() -> String {
    csv::header()
}

/// The catalogue of rules with the weights and levels of a policy.
#[wasm_bindgen(unchecked_return_type = "RuleCatalogue")]
pub fn rules(policy: &str) -> Result<JsValue, JsError> {
    to_js(&v1::render::catalogue(&Policy::from_json(policy)?))
}

/// The version of the core.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Control data only: absent fields stay absent, maps become objects.
fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
