//! Where generators are suspended.

use core::any::type_name;
use core::fmt;
use core::panic::Location;

use crate::generator::AsyncGenerator;

/// The function of a generator, and the location at which its body is suspended.
///
/// [`Handle::positions`](crate::Handle::positions) passes one for a generator and for each one that it delegates to. The
/// guide has a page about [positions](crate::guide::positions).
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen, pin};
///
/// #[async_gen]
/// async fn one() -> u32 {
///     yield_!(1);
/// }
///
/// let mut numbers = pin!(one());
/// numbers.next().await;
/// numbers.positions(|position| {
///     // With the feature `locations`, the location is that of the yield.
///     assert!(position.function().ends_with("::one"));
/// });
/// # });
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position {
    function: &'static str,
    location: Option<&'static Location<'static>>,
}

impl Position {
    /// Makes the position of a body `F`.
    pub(crate) fn of<F>(at: At) -> Self {
        Position {
            function: function::<F>(),
            location: at.location(),
        }
    }

    /// Returns the path of the function that made the generator or, for a block, of the function around it.
    ///
    /// It is for people to read: a [`type_name`], whose form may change with the compiler.
    #[must_use]
    pub const fn function(&self) -> &'static str {
        self.function
    }

    /// Returns the location of the yield, await, `yield_from!` or loop at which the body is suspended.
    ///
    /// It is `None` if the generator is created or finished, if the body is suspended at an `.await` in the tokens of a
    /// macro that this crate does not know, and always without the feature `locations`.
    #[must_use]
    pub const fn location(&self) -> Option<&'static Location<'static>> {
        self.location
    }
}

/// Shows the function and the location: `app::rows at src/main.rs:12:9`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.function)?;
        match self.location {
            Some(location) => write!(f, " at {location}"),
            None => Ok(()),
        }
    }
}

/// Shows the same as [`Display`](fmt::Display).
impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Shows the state of a generator, as a handle, and with `locations` the positions.
pub(crate) fn show<G>(generator: &G, f: &mut fmt::Formatter<'_>) -> fmt::Result
where
    G: AsyncGenerator + ?Sized,
{
    let mut handle = f.debug_struct("Handle");
    handle.field("state", &generator.state());
    #[cfg(feature = "locations")]
    handle.field("at", &Positions(generator));
    handle.finish_non_exhaustive()
}

/// Shows the positions as a list.
#[cfg(feature = "locations")]
struct Positions<'a, G: ?Sized>(&'a G);

#[cfg(feature = "locations")]
impl<G: AsyncGenerator + ?Sized> fmt::Debug for Positions<'_, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        self.0.positions(&mut |position| {
            list.entry(&position);
        });
        list.finish()
    }
}

/// Returns the path of the function whose body is an `F`, or that contains it.
pub(crate) fn function<F>() -> &'static str {
    // A body is an async block, which rustc names as a closure in the function.
    let mut name = type_name::<F>();
    while let Some(outer) = name.strip_suffix("::{{closure}}") {
        name = outer;
    }
    name
}

/// The location of a suspension point. Of no size without the feature `locations`.
#[derive(Clone, Copy)]
pub(crate) struct At {
    #[cfg(feature = "locations")]
    location: Option<&'static Location<'static>>,
}

impl At {
    pub(crate) const NONE: Self = At {
        #[cfg(feature = "locations")]
        location: None,
    };

    /// Returns the location of the code that called the function that calls this.
    #[inline]
    #[cfg_attr(feature = "locations", track_caller)]
    pub(crate) const fn caller() -> Self {
        At {
            #[cfg(feature = "locations")]
            location: Some(Location::caller()),
        }
    }

    #[cfg_attr(
        not(feature = "locations"),
        expect(clippy::unused_self, reason = "it has a location with `locations`")
    )]
    const fn location(self) -> Option<&'static Location<'static>> {
        #[cfg(feature = "locations")]
        return self.location;
        #[cfg(not(feature = "locations"))]
        return None;
    }
}
