//! The macros of bodies, for their documentation: the attributes replace them before they are expanded.

/// Defines a documented macro that expands to an error.
macro_rules! keyword {
    ($d:tt $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[macro_export]
        macro_rules! $name {
            ($d($d tokens:tt)*) => {
                ::core::compile_error!(::core::concat!(
                    "`",
                    ::core::stringify!($name),
                    "!` is not allowed here; write it in the body of a generator, by this name"
                ))
            };
        }
    };
}

keyword! { $
    /// Yields a value: passes it to the consumer, and waits for the consumer's next call.
    ///
    /// The semantics are those of Python's yield expressions ([PEP 342]).
    ///
    /// # Value
    ///
    /// The value that this call sends: `()`, or an `S` in a body with `send = S`. If the call throws an error or closes the generator, the
    /// yield has no value: the error is raised here, or the body ends here.
    ///
    /// # Where it is allowed
    ///
    /// In any expression of the body itself, and in the tokens of other macros. The name need not be imported. In
    /// [`async_gen_items!`](crate::async_gen_items), [`async_gen_block!`](crate::async_gen_block) and
    /// [`generator_block!`](crate::generator_block), `yield v` is the same.
    ///
    /// In a body with `throws = E`, `yield_!(Ok(v))` and `yield_!(Err(e))`, written so, yield that `Result` as the item. An
    /// `Err` among the items does not end the generator. For other expressions there is
    /// [`yield_result!`](crate::yield_result).
    ///
    /// The value is moved out, and its temporaries are dropped, before the body is suspended. See
    /// [`yields`](crate::guide::yields).
    ///
    /// # Errors
    ///
    /// It does not compile
    ///
    /// - in a closure, an `async` block, a nested function or a constant, which are bodies of their own;
    /// - in a [`defer!`](crate::defer), since a generator that is closing cannot yield;
    /// - if its value is used as another type than `()`, in a body without `send`;
    /// - outside of a generator.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen(send = u32)]
    /// async fn sums() -> u32 {
    ///     let mut sum = 0;
    ///     loop {
    ///         sum += yield_!(sum);
    ///     }
    /// }
    ///
    /// let mut sums = pin!(sums());
    /// assert_eq!(sums.resume().await, Some(0));
    /// assert_eq!(sums.send(2).await, Some(2));
    /// assert_eq!(sums.send(3).await, Some(5));
    /// # });
    /// ```
    ///
    /// [PEP 342]: https://peps.python.org/pep-0342/
    yield_
}

keyword! { $
    /// Yields a `Result<Y, E>` as the item, in a body with `throws = E`.
    ///
    /// Does for any expression what [`yield_!`](crate::yield_) does for `Ok(v)` and `Err(e)`. An `Err` does not end the
    /// generator: the next call continues it.
    ///
    /// # Value
    ///
    /// As of [`yield_!`](crate::yield_).
    ///
    /// # Where it is allowed
    ///
    /// Where [`yield_!`](crate::yield_) is, in a body with `throws`. See [`errors`](crate::guide::errors#errors-as-items).
    ///
    /// # Errors
    ///
    /// It does not compile without `throws`, with a `Result` of other types, and where `yield_!` does not. An error of another
    /// type is converted by `map_err(E::from)`.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen(throws = std::num::ParseIntError)]
    /// async fn numbers(text: &str) -> u32 {
    ///     for word in text.split(' ') {
    ///         yield_result!(word.parse());
    ///     }
    /// }
    ///
    /// let mut numbers = pin!(numbers("1 two 3"));
    /// assert_eq!(numbers.next().await, Some(Ok(1)));
    /// assert!(numbers.try_next().await.is_err());
    /// assert_eq!(numbers.next().await, Some(Ok(3)));
    /// # });
    /// ```
    yield_result
}

keyword! { $
    /// Runs another generator in place of this one, and evaluates to its return value.
    ///
    /// The inner generator is of the same yielded type, the same `send` and the same `throws`; or it has no `throws`. It may
    /// be what a function under [`#[async_gen]`](crate::async_gen) returns, a boxed one, a [`Handle`](crate::Handle) of a
    /// reference or a box, or a `&mut Handle`. Its items go to the consumer, and the values that are sent and the errors that are thrown go to it. A
    /// close closes the inner generator first. An error that leaves it is raised here, where an
    /// [`attempt!`](crate::attempt) may catch it.
    ///
    /// An item costs the same at any depth of delegation, and no depth overflows the stack. See
    /// [`composition`](crate::guide::composition).
    ///
    /// The semantics are those of Python's `yield from` ([PEP 380], and [PEP 828] for async generators).
    ///
    /// # Value
    ///
    /// The return value of the inner generator: an `R`, if it has `returns = R`, and else `()`.
    ///
    /// # Where it is allowed
    ///
    /// In any expression of the body itself, also in an operand of a [known macro](crate::guide::macros), such as `println!`. A
    /// regular generator delegates to regular ones, an async one to both kinds.
    ///
    /// # Errors
    ///
    /// It does not compile
    ///
    /// - in a closure, an `async` block, a nested function, a constant or a [`defer!`](crate::defer);
    /// - if the inner generator yields, is sent, or fails with another type. Loop over it with
    ///   [`#[for_await(close)]`](macro@crate::for_await), and convert the items and errors;
    /// - with a stream or an iterator: use [`yield_all!`](crate::yield_all);
    /// - if a generator without `boxed` delegates to itself (E0733).
    ///
    /// # Panics
    ///
    /// If the inner generator is closing; if it has ended and its return value was taken, or it was ended by an error or a
    /// close; and if it was started before, is sent values, and waits for one.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{BoxGenerator, async_gen};
    ///
    /// struct Tree {
    ///     value: u32,
    ///     children: Vec<Tree>,
    /// }
    ///
    /// #[async_gen(boxed)]
    /// async fn values(tree: &Tree) -> u32 {
    ///     yield_!(tree.value);
    ///     for child in &tree.children {
    ///         yield_from!(values(child));
    ///     }
    /// }
    ///
    /// let leaf = |value| Tree { value, children: vec![] };
    /// let tree = Tree { value: 1, children: vec![leaf(2), leaf(3)] };
    /// let mut numbers: BoxGenerator<'_, u32> = values(&tree);
    /// assert_eq!(numbers.next().await, Some(1));
    /// assert_eq!(numbers.next().await, Some(2));
    /// assert_eq!(numbers.next().await, Some(3));
    /// assert_eq!(numbers.next().await, None);
    /// # });
    /// ```
    ///
    /// [PEP 380]: https://peps.python.org/pep-0380/
    /// [PEP 828]: https://peps.python.org/pep-0828/
    yield_from
}

keyword! { $
    /// Yields all items of a `Stream`, or, in a regular generator, of an [`IntoIterator`].
    ///
    /// In a body with `throws`, the items may be `Result`s: an `Err` is raised here, and the stream or iterator is dropped. The values
    /// that the consumer sends are dropped. To delegate to a generator, use [`yield_from!`](crate::yield_from): it is
    /// closed with the body, and costs less.
    ///
    /// # Value
    ///
    /// `()`, when the stream or iterator has ended.
    ///
    /// # Where it is allowed
    ///
    /// In the body itself. In an async body, not in the operands of macros.
    ///
    /// # Errors
    ///
    /// It does not compile
    ///
    /// - in a closure, an `async` block, a nested function, a constant or a [`defer!`](crate::defer);
    /// - with an iterator in an async generator: write a `for` loop with a [`yield_!`](crate::yield_);
    /// - with a stream in a regular generator: an async one may use it.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use futures::stream;
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen]
    /// async fn framed() -> u32 {
    ///     yield_!(0);
    ///     yield_all!(stream::iter([1, 2]));
    ///     yield_!(0);
    /// }
    ///
    /// let mut numbers = pin!(framed());
    /// for n in [0, 1, 2, 0] {
    ///     assert_eq!(numbers.next().await, Some(n));
    /// }
    /// assert_eq!(numbers.next().await, None);
    /// # });
    /// ```
    ///
    /// In a regular generator:
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator]
    /// fn framed() -> u32 {
    ///     yield_!(0);
    ///     yield_all!([1, 2]);
    ///     yield_!(0);
    /// }
    ///
    /// assert!(sync::pin!(framed()).eq([0, 1, 2, 0]));
    /// ```
    yield_all
}

keyword! { $
    /// Catches errors: those that `?` raises in its block, and those that the consumer throws in.
    ///
    /// A close is not caught. `return`, `break` and `continue` leave it as they would leave a plain block, so `return Err(e)` is
    /// not caught either. See [`errors`](crate::guide::errors#attempt), and [`interrupts`](crate::guide::interrupts#attempt) for the rules.
    ///
    /// # Value
    ///
    /// A `Result<V, E>`: `Ok` of the value of its block, or `Err` of the error, converted by `From`.
    ///
    /// # Where it is allowed
    ///
    /// In any expression of the body itself, and of a [`defer!`](crate::defer), with `throws = E`. Not in the tokens of macros that this
    /// library does not know.
    ///
    /// # Errors
    ///
    /// It does not compile
    ///
    /// - without `throws`;
    /// - in a closure, an `async` block, a nested function or a constant;
    /// - in the tokens of an unknown macro: write it outside of the macro;
    /// - if a variable that was declared before it is first assigned in it (E0381): let it evaluate to the value.
    ///
    /// rustfmt formats `attempt!({ .. })` and leaves `attempt! { .. }` as it is; the two are the same.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen(throws = &'static str)]
    /// async fn counts() -> u32 {
    ///     for n in 1.. {
    ///         if let Err("stop") = attempt!({ yield_!(n) }) {
    ///             return;
    ///         }
    ///     }
    /// }
    ///
    /// let mut numbers = pin!(counts());
    /// assert_eq!(numbers.next().await, Some(Ok(1)));
    /// assert_eq!(numbers.throw("stop").await, Ok(None));
    /// # });
    /// ```
    attempt
}

keyword! { $
    /// Runs its block when the rest of the enclosing block is left, in whatever way: at its end, by `return`, `?`,
    /// `break`, `continue`, a throw or a close. The block may await.
    ///
    /// Several run in reverse order, and each may use what the rest uses. Dropping the generator runs
    /// none: Rust has no async drop. See [`closing`](crate::guide::closing), and [`interrupts`](crate::guide::interrupts#defer) for the
    /// rules.
    ///
    /// In a body this name always has this meaning: `use scopeguard::defer;` does not change that. To call another macro of
    /// the name there, write its path.
    ///
    /// # Value
    ///
    /// None: it is a statement. The value of its block is `()`. With `throws`, `?` in the block raises an error, which replaces
    /// one that was pending.
    ///
    /// # Where it is allowed
    ///
    /// As a statement of the body itself, in any block, also of an [`attempt!`](crate::attempt) or of another `defer!`.
    ///
    /// # Errors
    ///
    /// It does not compile
    ///
    /// - in an expression;
    /// - with a yield in it, since a generator that is closing cannot yield;
    /// - with a `return`, `break` or `continue` out of it, since the enclosing block is being left already. To fail, write `Err(e)?`;
    /// - in a closure, an `async` block, a nested function, a constant, or the tokens of an unknown macro.
    ///
    /// rustfmt formats `defer!({ .. });` and leaves `defer! { .. }` as it is; the two are the same.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use std::cell::Cell;
    ///
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen]
    /// async fn two(open: &Cell<bool>) -> u32 {
    ///     open.set(true);
    ///     defer! {
    ///         std::future::ready(()).await;
    ///         open.set(false);
    ///     }
    ///     yield_!(1);
    ///     yield_!(2);
    /// }
    ///
    /// let open = Cell::new(false);
    /// let mut numbers = pin!(two(&open));
    /// assert_eq!(numbers.next().await, Some(1));
    /// assert_eq!(numbers.close().await, Ok(()));
    /// assert!(!open.get());
    /// # });
    /// ```
    defer
}
