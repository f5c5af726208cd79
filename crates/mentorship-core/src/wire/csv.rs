//! CSV, one row a service (RFC 4180).
