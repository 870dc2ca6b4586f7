//! The hook of a generator in a scope.

use core::any::type_name;

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

/// Returns the path of the function that made a generator, from the name of its type.
pub(crate) fn function_of<G>() -> &'static str {
    let name = type_name::<G>();
    // The body is the first parameter of its machine.
    let body = name.split_once("Machine<").map_or(name, |(_, body)| body);
    body.split_once("::{{closure}}")
        .map_or(name, |(function, _)| function)
}
