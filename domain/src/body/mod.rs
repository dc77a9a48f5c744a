//! Bodies (기관).

/// A body.
#[derive(Debug)]
pub struct Body;
