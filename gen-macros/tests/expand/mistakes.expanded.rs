::core::compile_error! {
    "unknown argument `sends`, expected one of `send`, `throws`, `returns`, `bounds`, `boxed`, `local`, `crate`"
}
::core::compile_error! {
    "expected `async fn`, found `fn`; add `async`, or use `#[generator]`"
}
fn items(
    n: u32,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u32,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = u32,
> + ::gen_runtime::__private::FusedStream<Item = u32> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &n;
            __body.never()
        })
}
