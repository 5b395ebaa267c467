namespace MlNetRnn.Networks;

/// <summary>Counts who uses something that is to end when nobody uses it any longer, and not before. One use is there from the beginning, that of the owner.</summary>
/// <param name="end">Ends it; called once.</param>
internal sealed class UseCount(Action end)
{
    private int _uses = 1;

    /// <summary>Begins a use. Safe for any number of threads.</summary>
    /// <returns>False where it has ended.</returns>
    public bool TryEnter()
    {
        int uses = Volatile.Read(ref _uses);
        while (uses > 0)
        {
            int seen = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (seen == uses) return true;
            uses = seen;
        }
        return false;
    }

    /// <summary>Ends a use, and with the last one the thing itself.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _uses) == 0) end();
    }
}
