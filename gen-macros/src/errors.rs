use proc_macro2::{Span, TokenStream};
use syn::Error;

/// The mistakes of one phase, reported together.
///
/// Panics if it is dropped without [`finish`](Errors::finish): without the check, wrong code would be emitted.
pub(crate) struct Errors {
    found: Option<Vec<Error>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Errors {
            found: Some(Vec::new()),
        }
    }

    pub(crate) fn add(&mut self, error: Error) {
        self.found.get_or_insert_default().push(error);
    }

    pub(crate) fn at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.add(Error::new(span, message));
    }

    /// Returns the value of `result`, or adds its error.
    pub(crate) fn ok<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.as_ref().is_none_or(Vec::is_empty)
    }

    /// Combines the errors into one, if there are any.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        let found = self.found.take().unwrap_or_default();
        match found.into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        }) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Makes `compile_error!` calls of the errors.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.finish()
            .err()
            .map(|error| error.to_compile_error())
            .unwrap_or_default()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(
                self.found.is_none(),
                "the errors of a phase were not checked"
            );
        }
    }
}
