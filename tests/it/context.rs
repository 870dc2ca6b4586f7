//! Generators whose body is polled inside of a context.

mod adapters;
mod calls;
mod closures;
mod delegation;
mod differential;

use gen_runtime::Polled;
use probe::Log;

/// Logs `+name` and `-name` around each poll, also of one that panics.
fn logged(
    name: &'static str,
    log: &Log,
) -> impl FnMut(&mut dyn FnMut() -> Polled) -> Polled + use<> {
    let log = log.clone();
    move |poll| {
        log.push(format_args!("+{name}"));
        let _exit = log.guard(name);
        poll()
    }
}
