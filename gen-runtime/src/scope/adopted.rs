//! The hook of a generator in a scope.

use tokio::runtime;
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::{AnyError, Scope};
use crate::generator::AsyncGenerator;
use crate::on_drop::{Abandoned, Hook};

/// Closes the generator by a task of its scope.
pub struct Adoption {
    scope: Scope,
    function: &'static str,
    /// The runtime in which the generator was adopted.
    home: Option<runtime::Handle>,
    /// Counts the generator until the hook is dropped, which is when it ends. The task that closes it takes over.
    token: TaskTrackerToken,
}

impl Adoption {
    pub(super) fn new(scope: &Scope, function: &'static str) -> Self {
        Adoption {
            scope: scope.clone(),
            function,
            home: runtime::Handle::try_current().ok(),
            token: scope.token(),
        }
    }
}

impl<G> Hook<G> for Adoption
where
    G: AsyncGenerator<Error: Into<AnyError>> + Send + 'static,
{
    fn abandoned(self, generator: Abandoned<G>) {
        let close = async { generator.await.map_err(Into::into) };
        self.scope
            .spawn_counted(self.token, self.function, self.home, close);
    }
}
