namespace MlNetRnn.Contracts;

/// <summary>Assertions about exceptions and their messages.</summary>
internal static class AssertThrows
{
    /// <summary>Asserts that an action throws this type of exception and that the message contains all the parts.</summary>
    public static void With<TException>(Action action, params string[] parts) where TException : Exception
    {
        TException exception = Assert.Throws<TException>(action);
        Assert.All(parts, part => Assert.Contains(part, exception.Message));
    }
}
