//! Projects (과제).

/// A project.
#[derive(Debug)]
pub struct Project;
