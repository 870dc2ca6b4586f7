//! Chains of generators.

use std::num::NonZero;
use std::sync::Arc;

use gen_runtime::{Ahead, BoxTryGenerator, Landed, Scope, async_gen};
use probe::Random;
use tokio::task::yield_now;

use super::counts::{Argument, Counts, Fault, Item};

type Chain = BoxTryGenerator<'static, Item, Fault>;
type AheadChain = Ahead<Result<Item, Fault>, Fault>;

#[derive(Clone)]
pub(super) struct World {
    counts: Arc<Counts>,
    scope: Scope,
}

impl World {
    pub(super) fn new(counts: Arc<Counts>, scope: Scope) -> Self {
        World { counts, scope }
    }

    pub(super) fn scope(&self) -> &Scope {
        &self.scope
    }

    pub(super) fn fault(&self) -> Fault {
        Fault::new(&self.counts)
    }

    fn item(&self) -> Item {
        Item::new(&self.counts)
    }

    fn argument(&self) -> Argument {
        Argument::new(&self.counts)
    }

    /// The cleanup of all bodies. Some fail.
    async fn clean(&self, random: &mut Random) -> Result<(), Fault> {
        if random.below(2) == 0 {
            yield_now().await;
        }
        self.counts.cleanups.end();
        if random.below(16) == 0 {
            return Err(self.fault());
        }
        Ok(())
    }
}

fn places(random: &mut Random) -> NonZero<usize> {
    NonZero::<usize>::MIN.saturating_add(random.below(5))
}

fn fork(random: &mut Random) -> Random {
    Random(u64::try_from(random.below(1 << 30)).unwrap())
}

/// Makes a chain of at most so many generators.
fn chain(world: &World, random: &mut Random, length: usize) -> Chain {
    let (argument, world, fork) = (world.argument(), world.clone(), fork(random));
    if length == 0 {
        return source(argument, world, fork);
    }
    let inner = chain(&world, random, length - 1);
    match random.below(4) {
        0 => world.scope.adopt(inner).into(),
        1 => {
            let inner = world.scope.ahead(inner, places(random));
            relay(argument, world, fork, inner)
        }
        2 => {
            let adopted = world.scope.adopt(inner).into();
            loops(argument, world, fork, adopted)
        }
        _ => delegates(argument, world, fork, inner),
    }
}

/// Yields items, waits, fails, and catches some errors.
#[async_gen(throws = Fault, boxed)]
async fn source(argument: Argument, world: World, mut random: Random) -> Item {
    world.counts.cleanups.begin();
    let mut for_cleanup = fork(&mut random);
    defer! { world.clean(&mut for_cleanup).await?; }
    let _argument = argument;
    for _ in 0..random.below(300) {
        match random.below(100) {
            0 => Err(world.fault())?,
            1 => yield_!(Err(world.fault())),
            2..10 => yield_now().await,
            10..40 => {
                let _ = attempt! {
                    yield_!(world.item());
                    yield_now().await;
                };
            }
            _ => yield_!(world.item()),
        }
    }
}

/// Delegates to a chain, and catches its errors once.
#[async_gen(throws = Fault, boxed)]
async fn delegates(argument: Argument, world: World, mut random: Random, inner: Chain) -> Item {
    let _argument = argument;
    world.counts.cleanups.begin();
    defer! { world.clean(&mut random).await?; }
    let ended = attempt! { yield_from!(inner) };
    if ended.is_err() {
        yield_!(world.item());
    }
}

/// Loops over an adopted chain. If it fails, the chain is dropped, and its scope closes it.
#[async_gen(throws = Fault, boxed)]
async fn loops(argument: Argument, world: World, mut random: Random, mut inner: Chain) -> Item {
    let _argument = argument;
    world.counts.cleanups.begin();
    defer! { world.clean(&mut random).await?; }
    while let Some(item) = inner.try_next().await? {
        yield_!(item);
    }
}

/// Loops over a chain that runs ahead, and passes errors on to it.
#[async_gen(throws = Fault, boxed)]
async fn relay(
    argument: Argument,
    world: World,
    mut random: Random,
    mut inner: AheadChain,
) -> Item {
    let _argument = argument;
    world.counts.cleanups.begin();
    defer! { world.clean(&mut random).await?; }
    while let Some(item) = inner.try_next().await? {
        if let Err(fault) = attempt! { yield_!(item) } {
            let Landed { result, .. } = inner.throw(fault).await;
            if let Some(item) = result? {
                yield_!(item);
            }
        }
    }
}

/// The handle of a chain. Left at any time, its generators are closed by the scope.
pub(super) enum Consumer {
    Adopted(Chain),
    Ahead(AheadChain),
}

impl Consumer {
    pub(super) fn random(world: &World, random: &mut Random) -> Self {
        let length = random.below(6);
        let chain = chain(world, random, length);
        if random.below(2) == 0 {
            Consumer::Adopted(world.scope.adopt(chain).into())
        } else {
            Consumer::Ahead(world.scope.ahead(chain, places(random)))
        }
    }

    pub(super) async fn next(&mut self) -> Option<Result<Item, Fault>> {
        match self {
            Consumer::Adopted(chain) => chain.next().await,
            Consumer::Ahead(chain) => chain.next().await,
        }
    }

    pub(super) async fn throw(&mut self, fault: Fault) -> Result<Option<Item>, Fault> {
        match self {
            Consumer::Adopted(chain) => chain.throw(fault).await,
            Consumer::Ahead(chain) => chain.throw(fault).await.result,
        }
    }

    pub(super) async fn close(&mut self) -> Result<(), Fault> {
        match self {
            Consumer::Adopted(chain) => chain.close().await,
            Consumer::Ahead(chain) => chain.close().await.result,
        }
    }
}
