use proc_macro2::{Span, TokenStream};
use syn::Error;

/// The mistakes of one phase, shown together.
///
/// Dropped without [`finish`](Errors::finish), it panics: a forgotten check would emit wrong code.
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

    /// The value of `result`, or `None` and its error added.
    pub(crate) fn ok<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.as_ref().is_none_or(Vec::is_empty)
    }

    /// All of them as one error, if there are any.
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

    /// All of them as `compile_error!` calls; nothing if there are none.
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
                "the errors of a phase were not looked at"
            );
        }
    }
}
