//! Bodies: yields, values, drops, panics and wakers.

mod bodies;
mod drops;
mod errors_as_items;
mod in_place;
mod jumps;
mod locations;
mod panics;
mod places;
mod positions;
mod temporaries;
mod wakers;
mod yielded_types;
