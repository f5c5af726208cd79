//! WebAssembly bindings of the mentorship core.
