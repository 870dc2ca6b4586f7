//! The hook of a generator in a scope.

use tokio::runtime;

use super::cleanup::Cleanup;
use super::{AnyError, Counted, Scope};
use crate::generator::AsyncGenerator;
use crate::on_drop::{Abandoned, Hook};

/// Closes the generator by a task of its scope.
pub struct Adoption<G> {
    /// Counts the generator until the hook is dropped, which is when it ends. The task that closes it takes over.
    counted: Counted,
    /// The runtime in which the generator was adopted.
    home: Option<runtime::Handle>,
    /// Spawns the task. A function, so that only `adopt` has bounds, and rustc reports once that they are not satisfied.
    spawn: fn(Self, Abandoned<G>),
}

impl<G> Adoption<G>
where
    G: AsyncGenerator<Error: Into<AnyError>> + Send + 'static,
{
    pub(super) fn new(scope: &Scope, function: &'static str) -> Self {
        Adoption {
            counted: Counted::new(scope, function),
            home: runtime::Handle::try_current().ok(),
            spawn: |Adoption { counted, home, .. }, generator| {
                let close = async { generator.await.map_err(Into::into) };
                let cleanup = Cleanup::new(counted, close);
                // Without a runtime the cleanup is dropped, and notes that.
                if let Some(runtime) = runtime::Handle::try_current().ok().or(home) {
                    runtime.spawn(cleanup);
                }
            },
        }
    }
}

impl<G: AsyncGenerator> Hook<G> for Adoption<G> {
    fn abandoned(self, generator: Abandoned<G>) {
        (self.spawn)(self, generator);
    }
}
