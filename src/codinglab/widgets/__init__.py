"""What the trainee sees and touches. No rules inside."""
