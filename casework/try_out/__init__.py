"""Trying out a process draft: the real engine and the real operations, an invented child, a clock that people move.

`ground` prepares a private database with what the draft needs, `walking` plays a walk there step by step and keeps what each step
left, `seeing` says what stands. A walk is told in the vocabulary of scenarios, so keeping it is writing a scenario.
"""
