//! The contenders, one module for each way to write a stream.

macro_rules! contenders {
    ($($(#[$cfg:meta])* $module:ident::$contender:ident,)+) => {
        $($(#[$cfg])* pub mod $module;)+

        /// Calls the visitor with each contender, the hand-written one first.
        pub fn visit(visitor: &mut impl Visitor) {
            $($(#[$cfg])* visitor.visit::<$module::$contender>();)+
        }
    };
}

/// Defines the streams of a contender that is a function of a closure, which receives a handle to
/// yield with.
macro_rules! closures {
    ($make:path, $emit:ident $(, $mutable:tt)?) => {
        fn tight(items: u64) -> impl $crate::Source<u64> + 'static {
            $make(move |$($mutable)? yielder| async move {
                for n in 0..items {
                    yielder.$emit(n).await;
                }
            })
        }

        fn ready(items: u64) -> impl $crate::Source<u64> + 'static {
            $make(move |$($mutable)? yielder| async move {
                for n in 0..items {
                    yielder.$emit(std::future::ready(std::hint::black_box(n)).await).await;
                }
            })
        }

        fn pending(items: u64) -> impl $crate::Source<u64> + 'static {
            $make(move |$($mutable)? yielder| async move {
                for n in 0..items {
                    $crate::Tick::default().await;
                    yielder.$emit(n).await;
                }
            })
        }

        fn arrays(items: u64) -> impl $crate::Source<$crate::Array> + 'static {
            $make(move |$($mutable)? yielder| async move {
                for n in 0..items {
                    yielder.$emit($crate::array(n)).await;
                }
            })
        }

        fn strings(items: u64) -> impl $crate::Source<String> + 'static {
            $make(move |$($mutable)? yielder| async move {
                for n in 0..items {
                    yielder.$emit($crate::string(n)).await;
                }
            })
        }

        fn lines<R>(mut lines: tokio::io::Lines<R>) -> impl $crate::Source<String> + 'static
        where
            R: tokio::io::AsyncBufRead + Unpin + Send + 'static,
        {
            $make(move |$($mutable)? yielder| async move {
                while let Some(line) = lines.next_line().await.expect("a readable text") {
                    yielder.$emit(line).await;
                }
            })
        }

        fn relay<S>(inner: S) -> impl $crate::Source<u64> + 'static
        where
            S: futures::Stream<Item = u64> + 'static,
        {
            $make(move |$($mutable)? yielder| async move {
                let mut inner = std::pin::pin!(inner);
                while let Some(n) = futures::StreamExt::next(&mut inner).await {
                    yielder.$emit(n).await;
                }
            })
        }

        fn layer<B: $crate::Layer>(items: u64) -> impl $crate::Source<u64> + 'static {
            $make(move |$($mutable)? yielder| async move {
                let mut inner = std::pin::pin!(B::stream(items));
                while let Some(n) = futures::StreamExt::next(&mut inner).await {
                    yielder.$emit(n).await;
                }
            })
        }
    };
}

contenders! {
    by_hand::ByHand,
    gen_runtime::GenRuntime,
    #[cfg(nightly)]
    nightly_async_gen::NightlyAsyncGen,
    #[cfg(nightly)]
    futures_async_stream::FuturesAsyncStream,
    unfold::Unfold,
    async_stream::AsyncStream,
    async_gen::AsyncGen,
    genawaiter_stack::GenawaiterStack,
    genawaiter_rc::GenawaiterRc,
    async_stream_lite::AsyncStreamLite,
    fauxgen::Fauxgen,
    asynk_strim::AsynkStrim,
    async_fn_stream::AsyncFnStream,
    channel::Channel,
}

/// An operation on each contender.
pub trait Visitor {
    /// Applies it to one contender.
    fn visit<C: crate::Contender>(&mut self);
}

/// A contender, by name.
pub struct Entry {
    /// The name of its crate.
    pub name: &'static str,
    /// Its workloads, including those that it does not support.
    pub workloads: Vec<crate::workloads::Workload>,
}

impl Visitor for Vec<Entry> {
    fn visit<C: crate::Contender>(&mut self) {
        self.push(Entry {
            name: C::NAME,
            workloads: crate::workloads::of::<C>(),
        });
    }
}

/// Returns all contenders.
#[must_use]
pub fn all() -> Vec<Entry> {
    let mut all = Vec::new();
    visit(&mut all);
    all
}
