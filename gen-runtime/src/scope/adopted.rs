//! The hook of a generator in a scope.

use tokio::runtime;
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::{AnyError, Scope};
use crate::generator::AsyncGenerator;
use crate::on_drop::{Abandoned, Hook};

/// Closes the generator by a task of its scope.
pub struct Adoption<G> {
    scope: Scope,
    function: &'static str,
    /// The runtime in which the generator was adopted.
    home: Option<runtime::Handle>,
    /// Counts the generator until the hook is dropped, which is when it ends. The task that closes it takes over.
    token: TaskTrackerToken,
    /// Spawns the task. A function, so that only `adopt` has bounds, and rustc reports once that they are not satisfied.
    spawn: fn(Self, Abandoned<G>),
}

impl<G> Adoption<G>
where
    G: AsyncGenerator<Error: Into<AnyError>> + Send + 'static,
{
    pub(super) fn new(scope: &Scope, function: &'static str) -> Self {
        Adoption {
            scope: scope.clone(),
            function,
            home: runtime::Handle::try_current().ok(),
            token: scope.token(),
            spawn: |adoption, generator| {
                let close = async { generator.await.map_err(Into::into) };
                let Adoption {
                    scope,
                    function,
                    home,
                    token,
                    ..
                } = adoption;
                scope.spawn_counted(token, function, home, close);
            },
        }
    }
}

impl<G: AsyncGenerator> Hook<G> for Adoption<G> {
    fn abandoned(self, generator: Abandoned<G>) {
        (self.spawn)(self, generator);
    }
}
