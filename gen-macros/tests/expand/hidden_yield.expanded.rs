fn words(
    mut words: Words,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u8,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = u8,
> + ::gen_runtime::__private::FusedStream<Item = u8> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u8, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &words;
            let __value: () = 'body: {
                #[allow(unused_macros)]
                macro_rules! yield_ {
                    () => {
                        yield_!(())
                    };
                    ($value:expr) => {
                        { let __value = __body.value($value); __body.put(__value, __body
                        .enter(). await); let _ = __body.suspend(if false { break 'body
                        __body.never() }). await; }
                    };
                }
                if false {
                    break 'body __body.never();
                }
                for_each!(words, | word | { yield_!(word.len()) });
            };
        })
}
